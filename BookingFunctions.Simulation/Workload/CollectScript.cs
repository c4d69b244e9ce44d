using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Several senders, some of them orchestrations, send events to one instance.</summary>
internal static class CollectScript
{
    public static async Task RunAsync(World world, string id)
    {
        var owner = new Client(world, $"owner of {id}");
        await owner.PauseAsync(20);
        world.Ledger.Items[id] = [];
        await owner.StartAsync(nameof(Collect), id, new CollectState([], world.Draw.OneOf(0, 1, 2, 3)));
        var senders = new List<Task>();
        for (var i = world.Draw.Between(1, 2); i > 0; i--)
        {
            senders.Add(SendAsync(new Client(world, $"{id}-sender-{i}"), id));
        }

        if (world.Draw.Chance(400))
        {
            senders.Add(SendByOrchestrationAsync(owner, id));
        }

        if (world.Draw.Chance(400))
        {
            senders.Add(owner.DisturbAsync(id, world.Draw.Chance(200)));
        }

        await Task.WhenAll(senders);
        await EndAsync(owner, id);
    }

    /// <summary>Ends an instance that collects, once it has got what was acknowledged.</summary>
    public static Task EndAsync(Client client, string id)
    {
        var acknowledged = client.World.Ledger.Items[id].Where(item => item.Answer is { IsDone: true }).Select(item => item.Item).ToList();
        return client.InsistAsync($"end {id}", durable => durable.RaiseEventAsync(id, Collect.EventName, Collect.End(acknowledged)));
    }

    private static async Task SendAsync(Client sender, string id)
    {
        var count = sender.World.Draw.Between(1, 8);
        var sendsAtOnce = sender.World.Draw.Chance(500);
        for (var i = 0; i < count; i++)
        {
            if (!sendsAtOnce)
            {
                await sender.PauseAsync(10);
            }

            var item = Sender.Item(sender.Name, i);
            var sent = sender.World.Ledger.Items[id];
            var index = sent.Count;
            sent.Add(new SentItem(sender.Name, item, null));
            var answer = await sender.AskAsync($"send {item}", client => client.RaiseEventAsync(id, Collect.EventName, item));
            sent[index] = sent[index] with { Answer = answer };
        }
    }

    private static async Task SendByOrchestrationAsync(Client client, string id)
    {
        var senderId = $"{id}-from";
        var count = client.World.Draw.Between(1, 8);
        await client.StartAsync(nameof(Sender), senderId, new SendOrder(id, count));
        await client.WaitAsync(senderId);
        client.World.Ledger.Items[id].AddRange(
            Enumerable.Range(0, count).Select(number => new SentItem(senderId, Sender.Item(senderId, number), Answer.Done)));
    }
}
