using VoteTracker.Database;
using VoteTracker.Features.Webhooks;

namespace VoteTracker.Features.Observability;

/// <summary>The figures of the metrics that need SQL or the disk, read every ten seconds while metrics are exported.</summary>
internal sealed class Readings
{
    public Readings(Db db, TimeProvider clock, ILogger<Readings> log)
    {
        Readiness = new("readiness", () => Probe(db), clock, log);
        Webhooks = new("webhooks", () => db.Read(WebhookBacklog.Load), clock, log);
        Storage = new("storage", () => LoadStorage(db), clock, log);
    }

    /// <summary>Whether the database can be read.</summary>
    public Reading<Readiness> Readiness { get; }

    /// <summary>The deliveries that wait.</summary>
    public Reading<WebhookBacklog> Webhooks { get; }

    /// <summary>The sizes of the database and of its disk.</summary>
    public Reading<Storage> Storage { get; }

    /// <summary>Reads all of them until it is stopped. One that takes long does not delay the others.</summary>
    public Task Run(CancellationToken stop) =>
        Task.WhenAll(
            Task.Run(() => Readiness.Run(stop), stop),
            Task.Run(() => Webhooks.Run(stop), stop),
            Task.Run(() => Storage.Run(stop), stop)
        );

    private static async Task<Readiness> Probe(Db db)
    {
        await db.Probe();
        return new Readiness(IsReady: true);
    }

    private static async Task<Storage> LoadStorage(Db db)
    {
        var size = await db.LoadSize();
        var disk = new DriveInfo(db.Folder);
        return new Storage(size.Database, size.Log, disk.AvailableFreeSpace, disk.TotalSize);
    }
}

/// <summary>Whether the database can be read.</summary>
internal sealed record Readiness(bool IsReady);

/// <summary>Sizes in bytes.</summary>
internal sealed record Storage(long? Database, long? Log, long DiskFree, long DiskSize);
