using LocalFunctionsHost.Settings;

namespace BookingFunctions.Tests.LocalFunctionsHost.Functions;

/// <summary>A function that the local host can't run is named at start.</summary>
public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(WrongFunctions.Duplicate), "Two functions have the name 'same'")]
    [InlineData(typeof(WrongFunctions.Entity), "'Counter'", "is an entity")]
    [InlineData(typeof(WrongFunctions.QueueListener), "'Listen'", "[QueueTrigger]")]
    [InlineData(typeof(WrongFunctions.Blob), "'Read'", "[BlobInput]", "'blob'")]
    [InlineData(typeof(WrongFunctions.TaskClass), "TaskClass", "[DurableTask]")]
    [InlineData(typeof(WrongFunctions.NoTrigger), "'Idle'", "has no trigger")]
    [InlineData(typeof(WrongFunctions.TwoTriggers), "'Both'", "more than one trigger")]
    [InlineData(typeof(WrongFunctions.WrongName), "'my function'", "wrong name")]
    [InlineData(typeof(WrongFunctions.Hidden), "'Hidden'", "not public")]
    [InlineData(typeof(WrongFunctions.Generic), "'Generic'", "is generic")]
    [InlineData(typeof(WrongFunctions.AsyncVoid), "'Fire'", "async void")]
    [InlineData(typeof(WrongFunctions.OrchestratorOfText), "'Text'", "TaskOrchestrationContext")]
    [InlineData(typeof(WrongFunctions.OrchestratorWithClient), "'Client'", "'client'")]
    [InlineData(typeof(WrongFunctions.ActivityWithMore), "'More'", "'number'")]
    [InlineData(typeof(WrongFunctions.HttpOfText), "'Post'", "HttpRequest")]
    [InlineData(typeof(WrongFunctions.HttpWithService), "'Service'", "'counter'")]
    [InlineData(typeof(WrongFunctions.BadRoute), "'Bad'", "'api/a/{b'")]
    [InlineData(typeof(WrongFunctions.BadConstraint), "'Bad'", "'prime'")]
    [InlineData(typeof(WrongFunctions.SameRoute), "'One' and 'Two'", "same requests")]
    public async Task What_is_wrong_with_a_function_is_said_at_start(Type functions, params string[] said)
    {
        var error = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(functions));

        Assert.All(said, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
