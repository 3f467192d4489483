using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;

namespace VoteTracker.Tests.Database;

/// <summary>Holds the writer in the middle of a commit until it is released, so that other writes are queued.</summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly Db _db;
    private readonly CommitFeed _feed;
    private Task _held = Task.CompletedTask;
    private int _commits;

    private HeldWriter(Db db, CommitFeed feed) => (_db, _feed) = (db, feed);

    /// <summary>The number of commits after the one in which the writer was held.</summary>
    public int Commits => Volatile.Read(ref _commits) - 1;

    public static async Task<HeldWriter> Hold(App app)
    {
        var writer = new HeldWriter(
            app.Services.GetRequiredService<Db>(),
            app.Services.GetRequiredService<CommitFeed>()
        );
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A lone write runs on its caller's thread.
        writer._held = Task.Run(() =>
            writer._db.Write(_ =>
            {
                started.SetResult();
                writer._release.Wait();
                return Task.FromResult(0);
            })
        );
        await started.Task;
        writer._feed.Committed += writer.Count;
        return writer;
    }

    /// <summary>Waits until this number of writes is queued.</summary>
    public async Task WaitForQueued(int writes)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (_db.Waiting < writes)
        {
            await Task.Delay(5, limit.Token);
        }
        _db.Waiting.ShouldBe(writes);
    }

    /// <summary>Releases the writer. Throws if its commit failed.</summary>
    public Task Release()
    {
        _release.Set();
        return _held;
    }

    public void Dispose()
    {
        _release.Set();
        _feed.Committed -= Count;
    }

    private void Count(IReadOnlyCollection<string> changed) => Interlocked.Increment(ref _commits);
}
