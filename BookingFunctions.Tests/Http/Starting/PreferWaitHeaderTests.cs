using BookingFunctions.Http.Starting;
using CsCheck;

namespace BookingFunctions.Tests.Http.Starting;

public sealed class PreferWaitHeaderTests
{
    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=60", 60)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=99999999999999999999", 60)]
    [InlineData("WAIT=10", 10)]
    [InlineData("wait = 10", 10)]
    [InlineData("wait=\"10\"", 10)]
    [InlineData("wait=010", 10)]
    [InlineData("respond-async, wait=10", 10)]
    [InlineData("respond-async,,wait=10,", 10)]
    [InlineData("wait=10; foo=1", 10)]
    [InlineData("foo=\"a, wait=5\", wait=10", 10)]
    [InlineData("foo=\"a \\\" , wait=5\", wait=10", 10)]
    [InlineData("wait=10, wait=20", 10)]
    [InlineData("", null)]
    [InlineData("wait", null)]
    [InlineData("wait=", null)]
    [InlineData("wait=soon", null)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=1.5", null)]
    [InlineData("wait=soon, wait=20", null)]
    [InlineData("waiting=10", null)]
    [InlineData("foo=wait", null)]
    [InlineData("foo; wait=10", null)]
    [InlineData("foo=\"wait=10", null)]
    public void The_wait_is_read_as_RFC_7240_writes_it(string header, int? seconds) => Assert.Equal(seconds, PreferWait.Read(header));

    [Fact]
    public void The_wait_is_found_in_any_of_several_headers()
    {
        Assert.Equal(10, PreferWait.Read(new(["respond-async", "wait=10"])));
        Assert.Null(PreferWait.Read(default));
    }

    [Fact]
    public void No_header_is_too_odd_to_read() => Gen.String.Sample(text =>
        Assert.True(PreferWait.Read(text) is null or (>= 0 and <= PreferWait.MaxSeconds)));
}
