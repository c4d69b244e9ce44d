using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class PageableTests
{
    private static readonly string[][] Pages = [["a", "b"], [], ["c"]];

    [Fact]
    public async Task A_list_is_read_through_to_its_end_past_empty_pages()
    {
        List<string> read = [];
        await foreach (var value in List())
        {
            read.Add(value);
        }

        Assert.Equal(["a", "b", "c"], read);
    }

    [Fact]
    public async Task Pages_can_be_read_from_the_middle()
    {
        List<(int Count, string? Next)> read = [];
        await foreach (var page in List().AsPages("1", 10))
        {
            read.Add((page.Values.Count, page.ContinuationToken));
        }

        Assert.Equal([(0, "2"), (1, null)], read);
    }

    [Fact]
    public async Task The_page_size_and_the_end_of_the_reading_reach_the_source()
    {
        using CancellationTokenSource stop = new();
        (int? Size, CancellationToken Stop) asked = default;
        var list = Pageable.Create<string>((_, size, cancellation) =>
        {
            asked = (size, cancellation);
            return Task.FromResult(new Page<string>([]));
        });

        await foreach (var page in list.AsPages(pageSizeHint: 7).WithCancellation(stop.Token))
        {
            Assert.Empty(page.Values);
        }

        Assert.Equal((7, stop.Token), asked);
    }

    private static AsyncPageable<string> List() => Pageable.Create<string>((token, _) =>
    {
        var index = token is null ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new Page<string>(Pages[index], index + 1 < Pages.Length ? $"{index + 1}" : null));
    });
}
