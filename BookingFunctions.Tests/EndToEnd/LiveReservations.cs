namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What the file of a stopped application says is booked.</summary>
internal static class LiveReservations
{
    /// <summary>Counts the reservations that hold something, by the id of their trip; other trips are absent.</summary>
    public static async Task<Dictionary<string, int>> CountByTripAsync(DataFile data)
    {
        await using var database = data.Open();
        return await database.ReadAsync(
            session =>
            {
                var live = new Dictionary<string, int>();
                var rows = session.Statement(
                    "SELECT trip_numbers.id FROM reservations JOIN trip_numbers ON number = trip WHERE state = 'Booked'");
                while (rows.Read())
                {
                    var trip = rows.Text(0);
                    live[trip] = live.GetValueOrDefault(trip) + 1;
                }

                return live;
            },
            CancellationToken.None);
    }
}
