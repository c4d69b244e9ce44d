using Microsoft.DurableTask;
using Microsoft.DurableTask.Abstractions;

namespace BookingFunctions.Tests.Api;

public class TaskVersionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_text_is_unversioned(string? text)
    {
        Assert.Equal(TaskVersion.Unversioned, new TaskVersion(text));
        Assert.Equal(TaskVersion.Unversioned.GetHashCode(), new TaskVersion(text).GetHashCode());
        Assert.Equal("", new TaskVersion(text).Version);
    }

    [Fact]
    public void White_space_is_no_version() => Assert.Throws<ArgumentException>(() => new TaskVersion(" "));

    [Fact]
    public void Versions_that_differ_in_letter_case_are_equal()
    {
        Assert.True(new TaskVersion("1.0-beta") == new TaskVersion("1.0-Beta"));
        Assert.True(new TaskVersion("1") != new TaskVersion("2"));
    }

    [Theory]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("beta", "ALPHA", 1)]
    [InlineData("Beta", "beta", 0)]
    [InlineData("", " ", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.0", "", 1)]
    public void Versions_compare_as_numbers_or_else_as_text(string one, string other, int expected) =>
        Assert.Equal(expected, Math.Sign(TaskOrchestrationVersioningUtils.CompareVersions(one, other)));
}
