using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class TaskFailureDetailsTests
{
    [Fact]
    public void An_exception_is_described_by_type_message_stack_trace_and_causes()
    {
        var failure = TaskFailureDetails.FromException(Thrown(new InvalidOperationException(
            "outer", new TimeoutException("middle", new IOException("inner")))));

        Assert.Equal("System.InvalidOperationException", failure.ErrorType);
        Assert.Equal("outer", failure.ErrorMessage);
        Assert.Contains(nameof(Thrown), failure.StackTrace);
        Assert.Equal("System.TimeoutException: middle", failure.InnerFailure?.ToString());
        Assert.Equal("System.IO.IOException: inner", failure.InnerFailure?.InnerFailure?.ToString());
        Assert.Null(failure.InnerFailure?.InnerFailure?.InnerFailure);
    }

    [Fact]
    public void The_cause_of_a_failed_task_is_what_the_task_failed_of()
    {
        TaskFailureDetails cause = new("Provider.DownException", "down", "at x", null, new Dictionary<string, object?> { ["code"] = 503 });
        TaskFailedException exception = new("BookCar", 2, cause);

        var failure = TaskFailureDetails.FromException(exception);
        var wrapped = TaskFailureDetails.FromException(new InvalidOperationException("wrapper", exception));

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("Task 'BookCar' (#2) failed with an unhandled exception: down", failure.ErrorMessage);
        Assert.Equal(cause, failure.InnerFailure);
        Assert.Equal(503, failure.Properties?["code"]);
        Assert.Equal(cause, wrapped.InnerFailure?.InnerFailure);
    }

    [Fact]
    public void A_failed_task_can_be_made_of_its_exception()
    {
        TimeoutException cause = new("too late");
        TaskFailedException exception = new("BookCar", 0, cause);

        Assert.Equal("Task 'BookCar' (#0) failed with an unhandled exception: too late", exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal("System.TimeoutException: too late", exception.FailureDetails.ToString());
        Assert.Equal(("BookCar", 0), (exception.TaskName, exception.TaskId));
    }

    [Theory]
    [InlineData(typeof(FileNotFoundException), true)]
    [InlineData(typeof(IOException), true)]
    [InlineData(typeof(Exception), true)]
    [InlineData(typeof(DirectoryNotFoundException), false)]
    public void A_failure_is_caused_by_its_type_and_its_base_types_only(Type type, bool isCause)
    {
        var failure = TaskFailureDetails.FromException(new FileNotFoundException("gone"));

        Assert.Equal(isCause, failure.IsCausedBy(type));
    }

    [Fact]
    public void The_cause_may_be_a_type_of_the_application()
    {
        var failure = TaskFailureDetails.FromException(new InvalidFlight("invalid"));

        Assert.True(failure.IsCausedBy<InvalidFlight>());
        Assert.True(failure.IsCausedBy<ArgumentException>());
        Assert.False(failure.IsCausedBy<TimeoutException>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("(unknown)")]
    [InlineData("Some.Other.Process.Exception")]
    public void A_type_that_this_process_does_not_know_is_caused_by_nothing(string type) =>
        Assert.False(new TaskFailureDetails(type, "x", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void Asking_for_a_cause_that_is_no_exception_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TaskFailureDetails("x", "x", null, null, null).IsCausedBy(typeof(string)));

    [Fact]
    public void Details_survive_the_way_into_history_and_back()
    {
        TaskFailureDetails inner = new("B", "b", null, null, null);
        TaskFailureDetails failure = new("A", "a", "at a", inner, new Dictionary<string, object?> { ["k"] = "v" });

        Assert.Equal(failure, TaskFailureDetails.FromCore(failure.ToCore()));
        Assert.Null(TaskFailureDetails.FromCore(null));
    }

    private static InvalidOperationException Thrown(InvalidOperationException exception)
    {
        try
        {
            throw exception;
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }

    private sealed class InvalidFlight(string message) : ArgumentException(message);
}
