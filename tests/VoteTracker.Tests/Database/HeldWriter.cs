using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;

namespace VoteTracker.Tests.Database;

/// <summary>The one writer, held in the middle of a commit until it is let go: what comes meanwhile waits for it.</summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly ManualResetEventSlim _letGo = new();
    private readonly Db _db;
    private Task _held = Task.CompletedTask;
    private int _commits;

    private HeldWriter(Db db) => _db = db;

    /// <summary>How many commits there were after the one in which it was held.</summary>
    public int Commits => Volatile.Read(ref _commits) - 1;

    public static async Task<HeldWriter> Hold(App app)
    {
        var writer = new HeldWriter(app.Services.GetRequiredService<Db>());
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A lone write runs on its caller's thread.
        writer._held = Task.Run(() =>
            writer._db.Write(_ =>
            {
                begun.SetResult();
                writer._letGo.Wait();
                return Task.FromResult(0);
            })
        );
        await begun.Task;
        writer._db.Committed += writer.Count;
        return writer;
    }

    /// <summary>Waits until so many writes wait for it.</summary>
    public async Task Waits(int writes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (_db.Waiting < writes)
        {
            await Task.Delay(5, limit.Token);
        }
        _db.Waiting.ShouldBe(writes);
    }

    /// <summary>Lets it go on; throws if its commit failed.</summary>
    public Task LetGo()
    {
        _letGo.Set();
        return _held;
    }

    public void Dispose()
    {
        _letGo.Set();
        _db.Committed -= Count;
    }

    private void Count(IReadOnlyCollection<string> changed) => Interlocked.Increment(ref _commits);
}
