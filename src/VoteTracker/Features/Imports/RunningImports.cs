using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// The imports of this process: one at a time, each going on after the request that asked for it was answered. One that
/// ran when the process ended was interrupted, and left nothing behind.
/// </summary>
internal sealed class RunningImports(
    Db db,
    RunImport run,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<RunningImports> log
) : IHostedService
{
    private int _taken;
    private const string Lease = "import";

    private IAsyncDisposable? _lease;
    private ImportJob? _running;
    private Task _work = Task.CompletedTask;

    /// <summary>At the start: what was running when the last process ended is not any more; what another replica runs is.</summary>
    public async Task Interrupt()
    {
        await using var lease = await db.TryLease(Lease);
        if (lease is null)
        {
            return;
        }
        if (
            await db.Read(connection =>
                connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM import WHERE status = 'running')")
            )
        )
        {
            await db.Write(write =>
                write.Connection.ExecuteAsync(
                    "UPDATE import SET status = 'interrupted', ended_at = @Now WHERE status = 'running'",
                    new { write.Now }
                )
            );
        }
    }

    /// <summary>Whether an import of this process has the turn now.</summary>
    public bool IsTaken => Volatile.Read(ref _taken) != 0;

    /// <summary>Takes the turn of a file that was received; false if another import has it, here or at another replica.</summary>
    public async Task<bool> TryTake()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return false;
        }
        try
        {
            _lease = await db.TryLease(Lease);
        }
        finally
        {
            if (_lease is null)
            {
                Volatile.Write(ref _taken, 0);
            }
        }
        return _lease is not null;
    }

    /// <summary>Gives the turn back, where it came to no import.</summary>
    public async Task GiveBack()
    {
        if (Interlocked.Exchange(ref _lease, null) is { } lease)
        {
            await lease.DisposeAsync();
        }
        Volatile.Write(ref _taken, 0);
    }

    /// <summary>Begins an import in the turn that was taken; it goes on by itself, and gives the turn back.</summary>
    public async Task<Import> Begin(HashingStream file, bool strict, Caller caller)
    {
        var job = new ImportJob(ApiKey.NewId(), strict, caller, clock.Moment(), file);
        await db.Write(write =>
            write.Connection.ExecuteAsync(
                """
                INSERT INTO import (id, strict, status, begun_at, begun_by, bytes)
                VALUES (@Id, @Strict, 'running', @BegunAt, @Label, @Bytes)
                """,
                new
                {
                    job.Id,
                    job.Strict,
                    job.BegunAt,
                    caller.Label,
                    job.Bytes,
                }
            )
        );
        Volatile.Write(ref _running, job);
        _work = Task.Run(() => Go(job));
        return job.Running;
    }

    /// <summary>An import, running until its turn is given back, or ended; null where there is none of that id.</summary>
    public async Task<Import?> Find(string id) =>
        Volatile.Read(ref _running) is { } running && running.Id == id
            ? running.Running
            : await db.Read(connection => Import.Find(connection, id));

    /// <summary>
    /// Cancels a running import, here or at another replica, and waits until it has ended here. Returns the import as it is
    /// then, or null if there is none of that id.
    /// </summary>
    public async Task<Import?> Cancel(string id)
    {
        await db.Write(write =>
            write.Connection.ExecuteAsync(
                "UPDATE import SET status = 'cancelled', ended_at = @Now WHERE id = @id AND status = 'running'",
                new { id, write.Now }
            )
        );
        if (Volatile.Read(ref _running) is { } job && job.Id == id)
        {
            job.Cancel();
            await Volatile.Read(ref _work);
        }
        return await Find(id);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _work;

    private async Task Go(ImportJob job)
    {
        try
        {
            await using (job.File)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                    lifetime.ApplicationStopping,
                    job.Cancelled
                );
                var (status, report) = await run.Handle(job, stop.Token);
                await End(job, status, report);
            }
        }
        catch (ImportCancelled)
        {
            // Its row says so already.
        }
        catch (OperationCanceledException)
        {
            // The row of a cancelled import says so already, and stays as it is.
            await End(job, ImportStatus.Interrupted, report: null);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The import {Id} failed.", job.Id);
            await End(job, ImportStatus.Failed, report: null);
        }
        finally
        {
            // In this order: who is told that it has ended can send the next file.
            await GiveBack();
            Interlocked.CompareExchange(ref _running, null, job);
        }
    }

    // What was imported says so itself, in the transaction that made it so.
    private async Task End(ImportJob job, ImportStatus status, ImportReport? report)
    {
        try
        {
            await db.Write(write =>
                write.Connection.ExecuteAsync(
                    """
                    UPDATE import
                    SET status = @status, ended_at = @Now, report = @report
                    WHERE id = @Id AND status = 'running'
                    """,
                    new
                    {
                        job.Id,
                        status = EnumWord<ImportStatus>.ToWord(status),
                        write.Now,
                        report = report?.ToText(),
                    }
                )
            );
        }
        catch (WriteUnavailableException exception)
        {
            // The disk does not take even that; the next start finds it running, and says that it was interrupted.
            log.LogWarning(
                exception,
                "How the import {Id} ended could not be written: {Summary}",
                job.Id,
                report?.Summary
            );
        }
    }
}
