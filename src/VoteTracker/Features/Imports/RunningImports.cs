using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Runs imports in the background, one at a time. An import that was running when the process ended is marked as
/// interrupted; it changed nothing. Over 200 lines because the begin and every end of an import are in one place.
/// </summary>
internal sealed class RunningImports(
    Db db,
    RunImport run,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<RunningImports> log
) : IHostedService
{
    private int _acquired;
    private const string Lease = "import";

    private IAsyncDisposable? _lease;
    private ImportJob? _running;
    private Task _work = Task.CompletedTask;

    /// <summary>Marks imports as interrupted that were running when the last process ended, unless another replica runs one.</summary>
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
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync(
                    "UPDATE import SET status = 'interrupted', ended_at = @Now WHERE status = 'running'",
                    new { write.Now }
                )
            );
        }
    }

    /// <summary>Whether this process runs an import.</summary>
    public bool IsBusy => Volatile.Read(ref _acquired) != 0;

    /// <summary>Acquires the right to run an import; false if another import is running, here or at another replica.</summary>
    public async Task<bool> TryAcquire()
    {
        if (Interlocked.Exchange(ref _acquired, 1) != 0)
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
                Volatile.Write(ref _acquired, 0);
            }
        }
        return _lease is not null;
    }

    /// <summary>Releases the right to run an import.</summary>
    public async Task Release()
    {
        if (Interlocked.Exchange(ref _lease, null) is { } lease)
        {
            await lease.DisposeAsync();
        }
        Volatile.Write(ref _acquired, 0);
    }

    /// <summary>Begins an import after <see cref="TryAcquire"/>. It runs in the background, and releases the right when it ends.</summary>
    public async Task<Import> Begin(HashingStream file, bool strict, Caller caller)
    {
        var job = new ImportJob(ApiKey.NewId(), strict, caller, clock.Moment(), file);
        await db.Write(write =>
        {
            write.SetAudit(AuditEntry.Write, $"import={job.Id}");
            return write.Connection.ExecuteAsync(
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
            );
        });
        Volatile.Write(ref _running, job);
        _work = Task.Run(() => Run(job));
        return job.Running;
    }

    /// <summary>Finds an import, running or ended; null if there is none.</summary>
    public async Task<Import?> Find(string id) =>
        Volatile.Read(ref _running) is { } running && running.Id == id
            ? running.Running
            : await db.Read(connection => Import.Find(connection, id));

    /// <summary>
    /// Cancels a running import, here or at another replica, and waits until it has ended here. Returns the import, or null
    /// if there is none.
    /// </summary>
    public async Task<Import?> Cancel(string id)
    {
        await db.Write(async write =>
            write.CountChanged(
                await write.Connection.ExecuteAsync(
                    "UPDATE import SET status = 'cancelled', ended_at = @Now WHERE id = @id AND status = 'running'",
                    new { id, write.Now }
                )
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

    private async Task Run(ImportJob job)
    {
        // The request has its own entry. This one is of the import's commit.
        AuditScope.Begin(new ServiceScope(RequestScope.AuthorOf(job.Caller), "import roll-calls"));
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
            // Its row has the status already.
        }
        catch (OperationCanceledException)
        {
            // The row of a cancelled import has its status already, and is not changed.
            await End(job, ImportStatus.Interrupted, report: null);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The import {Id} failed.", job.Id);
            await End(job, ImportStatus.Failed, report: null);
        }
        finally
        {
            // In this order: a client that sees the end can send the next file.
            await Release();
            Interlocked.CompareExchange(ref _running, null, job);
        }
    }

    // A committed import has its status already, from its own transaction.
    private async Task End(ImportJob job, ImportStatus status, ImportReport? report)
    {
        try
        {
            await db.WriteBookkeeping(write =>
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
            // The next start finds it running, and marks it as interrupted.
            log.LogWarning(
                exception,
                "The end of the import {Id} could not be written: {Summary}",
                job.Id,
                report?.Summary
            );
        }
    }
}
