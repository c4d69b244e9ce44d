using LocalFunctionsHost;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

public sealed class StartErrorsTests
{
    [Fact]
    public void Settings_that_are_wrong_in_several_sections_are_named_a_line_each()
    {
        var failure = new AggregateException(Wrong("Inventory__Car is -1."), Wrong("Saga__Attempts is 0."));

        Assert.Equal($"Inventory__Car is -1.{Environment.NewLine}Saga__Attempts is 0.", StartErrors.Explain(failure));
    }

    private static OptionsValidationException Wrong(string setting) => new("", typeof(object), [setting]);
}
