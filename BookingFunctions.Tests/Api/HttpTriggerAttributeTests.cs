using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.Api;

public class HttpTriggerAttributeTests
{
    [Fact]
    public void A_function_answers_all_methods_and_wants_its_key_unless_it_says_otherwise()
    {
        HttpTriggerAttribute trigger = new();

        Assert.Null(trigger.Methods);
        Assert.Null(trigger.Route);
        Assert.Equal(AuthorizationLevel.Function, trigger.AuthLevel);
    }

    [Fact]
    public void Methods_without_a_level_want_the_functions_key()
    {
        HttpTriggerAttribute trigger = new("get", "post");

        Assert.Equal(["get", "post"], trigger.Methods!);
        Assert.Equal(AuthorizationLevel.Function, trigger.AuthLevel);
    }

    [Fact]
    public void A_level_goes_with_methods_or_without()
    {
        Assert.Equal(AuthorizationLevel.Anonymous, new HttpTriggerAttribute(AuthorizationLevel.Anonymous).AuthLevel);
        Assert.Equal(["post"], new HttpTriggerAttribute(AuthorizationLevel.Anonymous, "post").Methods!);
    }
}
