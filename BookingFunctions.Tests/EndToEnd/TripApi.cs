using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The calls of the trip API and of the management API that the tests make.</summary>
internal static class TripApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Asks for a trip.</summary>
    /// <param name="app">The application.</param>
    /// <param name="trip">The trip.</param>
    /// <param name="waitSeconds">How long the answer may wait for the decision; null to send no preference.</param>
    /// <param name="key">The idempotency key; null to send none.</param>
    /// <param name="traceParent">The trace that it is part of; null to tell none.</param>
    /// <param name="traceState">The state of that trace; null to tell none.</param>
    public static async Task<HttpResponseMessage> PostTripAsync(
        this LocalApp app,
        TripRequest trip,
        int? waitSeconds = null,
        string? key = null,
        string? traceParent = null,
        string? traceState = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/trips") { Content = JsonContent.Create(trip, options: Json) };
        if (waitSeconds is not null)
        {
            request.Headers.Add("Prefer", $"wait={waitSeconds}");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        if (traceState is not null)
        {
            request.Headers.Add("tracestate", traceState);
        }

        return await app.Http.SendAsync(request);
    }

    /// <summary>Asks to cancel a trip.</summary>
    /// <returns>The status of the answer, and the trip in it.</returns>
    public static Task<(HttpStatusCode Status, TripJson? Trip)> CancelAsync(this LocalApp app, string id, string reason = "ill") =>
        app.PostAsync($"api/trips/{id}/cancel", new { reason });

    /// <summary>Decides about a leg that could not be undone.</summary>
    /// <returns>The status of the answer, and the trip in it.</returns>
    public static Task<(HttpStatusCode Status, TripJson? Trip)> DecideAsync(
        this LocalApp app, string id, string leg, string action, string? note = null) =>
        app.PostAsync($"api/trips/{id}/legs/{leg}/undo", new { action, note });

    /// <summary>Calls the management API on an instance.</summary>
    public static async Task ManageAsync(this LocalApp app, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, $"runtime/webhooks/durabletask/instances/{path}");
        using var response = await app.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Starts a trip, and gives its id.</summary>
    public static async Task<string> StartTripAsync(this LocalApp app, TripRequest trip)
    {
        using var response = await app.PostTripAsync(trip);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Reads a trip.</summary>
    public static async Task<TripJson> GetTripAsync(this LocalApp app, string id)
    {
        using var response = await app.Http.GetAsync(new Uri($"api/trips/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<TripJson>(Json))!;
    }

    /// <summary>Starts a trip and waits until it is decided.</summary>
    public static async Task<TripJson> BookAsync(this LocalApp app, TripRequest trip) =>
        await app.DecidedAsync(await app.StartTripAsync(trip));

    /// <summary>Waits until a trip is decided, and its traveler was told; or until it needs an operator.</summary>
    public static async Task<TripJson> DecidedAsync(this LocalApp app, string id)
    {
        var trip = await app.UntilAsync(id, trip => trip.HasEnded);
        var backoff = new Backoff();
        while (trip.Status != "NeedsAttention" && await app.IsRunningAsync(id))
        {
            await backoff.WaitAsync();
        }

        return await app.GetTripAsync(id);
    }

    /// <summary>Waits until a trip is as it should be.</summary>
    /// <param name="app">The application.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="isThere">Whether it is as it should be.</param>
    /// <param name="longest">How long that may take before it counts as hung; by default <see cref="LocalApp.Patience"/>.</param>
    public static async Task<TripJson> UntilAsync(this LocalApp app, string id, Func<TripJson, bool> isThere, TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? LocalApp.Patience);
        var backoff = new Backoff();
        while (true)
        {
            var trip = await app.GetTripAsync(id);
            if (isThere(trip))
            {
                return trip;
            }

            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain; the trip is {JsonSerializer.Serialize(trip, Json)}\n{app.Output}");
            }

            await backoff.WaitAsync();
        }
    }

    /// <summary>Checks that every live reservation has a trip that wants it, and every confirmed trip its reservations.</summary>
    public static async Task AssertReconciledAsync(this LocalApp app)
    {
        var report = await app.Http.GetFromJsonAsync<JsonElement>(new Uri("api/reconciliation", UriKind.Relative));
        Assert.Equal("[]", report.GetProperty("orphans").GetRawText());
        Assert.Equal("[]", report.GetProperty("missing").GetRawText());
    }

    /// <summary>Whether an instance has more to do.</summary>
    public static async Task<bool> IsRunningAsync(this LocalApp app, string id)
    {
        using var status = await app.Http.GetAsync(new Uri($"runtime/webhooks/durabletask/instances/{id}", UriKind.Relative));
        status.EnsureSuccessStatusCode();
        return status.StatusCode == HttpStatusCode.Accepted;
    }

    /// <summary>The names of the activities that an instance ran, with how each run ended ("TaskCompleted BookCar"), in order.</summary>
    public static async Task<IReadOnlyList<string>> ActivitiesAsync(this LocalApp app, string id)
    {
        var status = await app.Http.GetFromJsonAsync<JsonElement>(
            new Uri($"runtime/webhooks/durabletask/instances/{id}?showHistory=true", UriKind.Relative));
        return
        [
            .. from happened in status.GetProperty("historyEvents").EnumerateArray()
               let type = happened.GetProperty("EventType").GetString()
               where type is "TaskCompleted" or "TaskFailed"
               select $"{type} {happened.GetProperty("FunctionName").GetString()}",
        ];
    }

    /// <summary>The ids of all instances, page by page.</summary>
    public static async Task<IReadOnlyList<string>> InstanceIdsAsync(this LocalApp app)
    {
        const string Continuation = "x-ms-continuation-token";
        var ids = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "runtime/webhooks/durabletask/instances?top=100&showInput=false");
            if (token is not null)
            {
                request.Headers.Add(Continuation, token);
            }

            using var response = await app.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var page = await response.Content.ReadFromJsonAsync<JsonElement>();
            ids.AddRange(page.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!));
            token = response.Headers.TryGetValues(Continuation, out var values) ? values.Single() : null;
        }
        while (!string.IsNullOrEmpty(token) && token != "null");
        return ids;
    }

    private static async Task<(HttpStatusCode Status, TripJson? Trip)> PostAsync(this LocalApp app, string path, object body)
    {
        using var response = await app.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Json);
        return (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<TripJson>(Json) : null);
    }
}
