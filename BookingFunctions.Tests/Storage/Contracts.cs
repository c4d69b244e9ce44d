using System.Reflection;
using Xunit.Sdk;

namespace BookingFunctions.Tests.Storage;

/// <summary>Inherited facts can't be skipped where there is no Azurite, so a contract's tests are run by hand there.</summary>
internal static class Contracts
{
    /// <summary>The tests of a contract, each with its arguments.</summary>
    public static TheoryData<string, object[]> TestsOf(Type contract)
    {
        var data = new TheoryData<string, object[]>();
        foreach (var test in contract.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            var rows = test.GetCustomAttributes<DataAttribute>().SelectMany(attribute => attribute.GetData(test)).ToList();
            foreach (var arguments in test.IsDefined(typeof(TheoryAttribute)) ? rows : [[]])
            {
                data.Add(test.Name, arguments);
            }
        }

        return data;
    }

    /// <summary>Runs one of them.</summary>
    public static Task RunAsync(object contract, string test, object[] arguments) =>
        (Task)contract.GetType().GetMethod(test)!.Invoke(contract, arguments)!;
}
