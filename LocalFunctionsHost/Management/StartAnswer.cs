using System.Globalization;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Management;

/// <summary>How a caller wants a start answered.</summary>
/// <param name="Timeout">How long it waits for the end; null for not at all.</param>
/// <param name="View">How it wants the status of an instance that has not completed by then.</param>
internal sealed record StartAnswer(TimeSpan? Timeout, StatusView View)
{
    /// <summary>Reads it, before anything is started.</summary>
    /// <exception cref="BadRequestException">It can't be read.</exception>
    public static StartAnswer Read(ManagementQuery query)
    {
        var (timeout, interval) = (query.Seconds("timeout"), query.Seconds("pollingInterval"));
        if (interval > timeout)
        {
            throw new BadRequestException(StatusCodes.Status400BadRequest, string.Create(
                CultureInfo.InvariantCulture,
                $"Total timeout {timeout.Value.TotalSeconds} should be bigger than retry timeout {interval.Value.TotalSeconds}"));
        }

        return new StartAnswer(interval is null ? null : timeout, StatusView.Read(query));
    }
}
