namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What <c>--backend</c> and its settings may say.</summary>
public sealed class BackendTests
{
    [Theory]
    [InlineData("--backend is 'memory', but it must be sqlite or azureStorage.", "--backend", "memory")]
    [InlineData("--data is a setting of the backend sqlite", "--backend", "azureStorage", "--data", "trips.db")]
    [InlineData("--retention is a setting of the backend sqlite", "--backend", "azureStorage", "--retention", "1.00:00:00")]
    [InlineData("The setting AzureWebJobsStorage is missing.", "--backend", "azureStorage")]
    public async Task A_backend_that_can_not_be_had_is_refused_in_a_line(string said, params string[] arguments)
    {
        using var state = new PlainState(arguments);

        var (exitCode, errors) = await LocalApp.RunToEndAsync(state, ("AzureWebJobsStorage", ""));

        Assert.Equal(1, exitCode);
        Assert.StartsWith(said, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_account_that_does_not_answer_is_named_in_a_line()
    {
        const string Account = "DefaultEndpointsProtocol=http;AccountName=trips;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/trips"
            + ";QueueEndpoint=http://127.0.0.1:9/trips;TableEndpoint=http://127.0.0.1:9/trips";
        using var state = new PlainState(["--backend", "azureStorage"]);

        var (exitCode, errors) = await LocalApp.RunToEndAsync(state, ("AzureWebJobsStorage", Account));

        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "State can't be kept in the task hub TripHubLocal at http://127.0.0.1:9/trips: ",
            Assert.Single(errors),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hubnam", "TripHub", "'extensions.durableTask.hubnam' is 'TripHub', but it is no setting of Durable Functions")]
    [InlineData("storageProvider__partitions", "4", "'extensions.durableTask.storageProvider.partitions' is '4'")]
    [InlineData("storageProvider__type", "azureStorge", "must be one of AzureStorage, AzureManaged, mssql, Netherite")]
    [InlineData("storageProvider__partitionCount", "17", "must be a whole number from 1 to 16")]
    public async Task A_wrong_setting_of_the_host_file_is_named(string name, string value, string said)
    {
        using var data = new DataFile();

        var (exitCode, errors) = await LocalApp.RunToEndAsync(data, ($"AzureFunctionsJobHost__extensions__durableTask__{name}", value));

        Assert.Equal(1, exitCode);
        Assert.Contains(said, Assert.Single(errors), StringComparison.Ordinal);
    }

    private sealed class PlainState(string[] arguments) : IAppState, IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trips-");

        public string Folder => folder.FullName;

        public IReadOnlyList<string> Arguments => arguments;

        public IReadOnlyList<(string Name, string Value)> Settings => [];

        public void Use()
        {
            // Nothing starts with it.
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
