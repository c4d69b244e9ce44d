using System.Text.Json.Nodes;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ValueTests
{
    [Fact]
    public async Task Each_activity_can_have_the_result_of_the_last()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Chain", async context =>
            {
                var value = 0;
                for (var i = 0; i < 10; i++)
                {
                    value = await context.CallActivityAsync<int>("Next", value);
                }

                return value;
            })
            .AddActivityFunc<int, int>("Next", (_, value) => value + 1));

        Assert.Equal(10, (await engine.RunAsync("Chain")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task JSON_that_no_type_was_made_for_goes_through_as_it_is()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<JsonNode, JsonNode>("Passes", (context, input) => context.CallActivityAsync<JsonNode>("Adds", input))
            .AddActivityFunc<JsonNode, JsonNode>("Adds", (_, input) =>
            {
                input["added"] = "new";
                return input;
            }));

        var done = await engine.RunAsync("Passes", new JsonObject { ["given"] = "old" });

        Assert.Equal("{\"given\":\"old\",\"added\":\"new\"}", done.SerializedOutput);
    }

    [Fact]
    public async Task Values_keep_their_types_from_start_to_end()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<(string, int), (string, int)>("Tuple", (context, input) => context.CallActivityAsync<(string, int)>("Tuple", input))
            .AddOrchestratorFunc<int[], int>("Array", (context, input) => context.CallActivityAsync<int>("Sum", input))
            .AddOrchestratorFunc<DateTimeOffset, DateTimeOffset>("Time", (_, input) => input)
            .AddActivityFunc<(string, int), (string, int)>("Tuple", (_, input) => (input.Item1 + "!", input.Item2 + 1))
            .AddActivityFunc<int[], int>("Sum", (_, input) => input.Sum()));
        var time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-3)).AddTicks(1);

        Assert.Equal(("Hello!", 43), (await engine.RunAsync("Tuple", ("Hello", 42))).ReadOutputAs<(string, int)>());
        Assert.Equal(6, (await engine.RunAsync("Array", new List<int> { 1, 2, 3 })).ReadOutputAs<int>());
        Assert.Equal(time, (await engine.RunAsync("Time", time)).ReadOutputAs<DateTimeOffset>());
    }

    [Fact]
    public async Task No_value_is_the_default_of_whatever_was_expected()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, string>("Defaults", async (context, input) =>
                $"{input} {context.GetInput<int>()} {await context.CallActivityAsync<int>("Nothing")} "
                + (await context.CallActivityAsync<string>("Nothing") is null))
            .AddOrchestratorFunc("Nothing", _ => { })
            .AddActivityFunc("Nothing", _ => { }));

        Assert.Equal("0 0 0 True", (await engine.RunAsync("Defaults")).ReadOutputAs<string>());
        var nothing = await engine.RunAsync("Nothing");
        Assert.Null(nothing.SerializedInput);
        Assert.Null(nothing.SerializedOutput);
        Assert.Null(nothing.ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_input_can_be_read_as_another_type_that_fits_it()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<Dictionary<string, int>, string>("Reads", (context, _) =>
                $"{context.GetInput<JsonNode>()!["a"]} {context.GetInput<IReadOnlyDictionary<string, int>>()!["a"]}")
            .AddOrchestratorFunc<string, int>("Fails", (context, _) => context.GetInput<int>()));

        Assert.Equal("7 7", (await engine.RunAsync("Reads", new { a = 7 })).ReadOutputAs<string>());
        var failed = await engine.RunAsync("Fails", "seven");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", failed.FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData("half \ud83d of a character")]
    [InlineData("\udc00\ud800")]
    [InlineData("nothing \0 and \u0001 and \u007f and \uffff")]
    [InlineData("\u2028 <b> \\ \" ' & emoji \ud83d\ude00")]
    public async Task Odd_text_goes_through_and_comes_out_the_same_live_and_in_a_replay(string text)
    {
        // What isn't a character can't be stored as one: it becomes the sign for that.
        var kept = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<string, string>("Passes", async (context, input) =>
            {
                var result = await context.CallActivityAsync<string>("Echo", input);
                context.SetCustomStatus(result);
                var answer = await context.WaitForExternalEvent<string>("Go");
                return $"{input}|{result}|{answer}";
            })
            .AddActivityFunc<string, string>("Echo", (_, input) => input);
        using var file = new DataFile();
        await using var database = SqliteDatabase.Open(file.Path);
        await using var engine = await TestEngine.StartAsync(Tasks, new SqliteOrchestrationStore(database));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Passes", text, new StartOrchestrationOptions("p"));
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("p", true))!.ReadCustomStatusAs<string>() == kept);

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("p", "Go", text);

        Assert.Equal($"{kept}|{kept}|{kept}", (await engine.WaitAsync("p")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Half_a_character_in_an_id_is_refused_since_it_could_not_be_found_again()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Quick", _ => "done"));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => engine.RunAsync("Quick", id: "half-\ud83d"));

        Assert.Contains("half of a character", error.Message, StringComparison.Ordinal);
        Assert.Equal("\ud83d\ude00", (await engine.RunAsync("Quick", id: "\ud83d\ude00")).InstanceId);
    }

    [Fact]
    public async Task Five_megabytes_go_through_every_door()
    {
        var text = new string('x', 5_000_000);
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<string, string>("Passes", async (context, input) =>
            {
                var result = await context.CallActivityAsync<string>("Echo", input);
                var child = await context.CallSubOrchestratorAsync<string>("Child", result);
                context.SetCustomStatus("waiting");
                var answer = await context.WaitForExternalEvent<string>("Go");
                context.SetCustomStatus(answer);
                return input == result && child == answer ? answer : "different";
            })
            .AddOrchestratorFunc<string, string>("Child", (_, input) => input)
            .AddActivityFunc<string, string>("Echo", (_, input) => input);
        using var file = new DataFile();
        await using var database = SqliteDatabase.Open(file.Path);
        await using var engine = await TestEngine.StartAsync(Tasks, new SqliteOrchestrationStore(database));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Passes", text, new StartOrchestrationOptions("p"));
        await engine.WaitForCustomStatusAsync("p", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("p", "Go", text);

        var done = await engine.WaitAsync("p");
        Assert.Equal(text.Length, done.ReadOutputAs<string>()!.Length);
        Assert.Equal(text.Length, done.ReadCustomStatusAs<string>()!.Length);
        Assert.Equal(text.Length, done.ReadInputAs<string>()!.Length);
    }

    [Theory]
    [InlineData("Input")]
    [InlineData("ChildInput")]
    [InlineData("Result")]
    [InlineData("Output")]
    [InlineData("Status")]
    [InlineData("Event")]
    [InlineData("Continue")]
    public async Task A_value_that_contains_itself_fails_the_instance_and_nothing_else(string where)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Input", context => context.CallActivityAsync("Echo", Circle()))
            .AddOrchestratorFunc("ChildInput", context => context.CallSubOrchestratorAsync("Fine", Circle()))
            .AddOrchestratorFunc("Result", context => context.CallActivityAsync("Circle"))
            .AddOrchestratorFunc("Output", _ => Circle())
            .AddOrchestratorFunc("Status", context => context.SetCustomStatus(Circle()))
            .AddOrchestratorFunc("Event", context => context.SendEvent("other", "Event", Circle()))
            .AddOrchestratorFunc("Continue", context => context.ContinueAsNew(Circle()))
            .AddOrchestratorFunc("Fine", _ => "fine")
            .AddActivityFunc("Echo", _ => { })
            .AddActivityFunc("Circle", _ => Circle()));

        var done = await engine.RunAsync(where);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("A possible object cycle was detected", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("fine", (await engine.RunAsync("Fine")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_value_that_can_t_be_written_is_refused_where_it_is_given()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(
            "Waits", context => context.WaitForExternalEvent<string>("Go")));

        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => engine.RunAsync("Waits", Circle()));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => engine.Client.RaiseEventAsync(id, "Go", Circle()));
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.RaiseEventAsync(id, "Go", typeof(string)));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.WaitForInstanceStartAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_custom_status_can_be_changed_and_taken_back()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Status", async context =>
        {
            context.SetCustomStatus("set");
            await context.WaitForExternalEvent<object>("Go");
            context.SetCustomStatus(("changed", 1));
            await context.WaitForExternalEvent<object>("Go");
            context.SetCustomStatus(null);
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Status", new StartOrchestrationOptions("s"));
        await engine.WaitForCustomStatusAsync("s", "\"set\"");
        await engine.Client.RaiseEventAsync("s", "Go");
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("s", true))!.SerializedCustomStatus != "\"set\"");
        Assert.Equal(("changed", 1), (await engine.Client.GetInstanceAsync("s", true))!.ReadCustomStatusAs<(string, int)>());

        await engine.Client.RaiseEventAsync("s", "Go");

        Assert.Null((await engine.WaitAsync("s")).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Pages_can_be_read_by_activities()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Reads", async context => (await Pageable.Create<string>(async (token, _, _) =>
                await context.CallActivityAsync<Page<string>>("Page", token)).ToListAsync()).Count)
            .AddActivityFunc<string, Page<string>>("Page", (_, token) => new Page<string>(
                ["a", "b", "c"], token switch { null => "1", "1" => "2", _ => null })));

        Assert.Equal(9, (await engine.RunAsync("Reads")).ReadOutputAs<int>());
    }

    private static List<object> Circle()
    {
        List<object> circle = [];
        circle.Add(circle);
        return circle;
    }
}
