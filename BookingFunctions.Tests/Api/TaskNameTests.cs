using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class TaskNameTests
{
    [Fact]
    public void Names_that_differ_in_letter_case_are_equal()
    {
        TaskName a = "BookCar";
        TaskName b = "bookCAR";

        Assert.True(a == b);
        Assert.False(a != b);
        Assert.True(a.Equals((object)b));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Fact]
    public void Other_names_are_not()
    {
        Assert.True(new TaskName("BookCar") != new TaskName("BookHotel"));
        Assert.False(new TaskName("BookCar").Equals((object)"BookCar"));
    }

    [Fact]
    public void A_name_is_its_text_and_back()
    {
        TaskName name = "BookCar";
        string text = name;

        Assert.Equal("BookCar", text);
        Assert.Equal("BookCar", name.Name);
        Assert.Equal("BookCar", name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_text_is_no_name(string? text)
    {
        TaskName name = text!;

        Assert.Equal(default, name);
        Assert.Equal(0, name.GetHashCode());
    }
}
