using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Bodies;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>
/// Receives files. A file is stored next to the database while it is read, and deleted after that or when the process ends.
/// It must arrive at a minimum rate, and the service does not wait for it when it stops.
/// </summary>
internal sealed class Uploads(Db db, Settings settings, TimeProvider clock, ILogger<Uploads> log)
{
    // Each can use as much disk space as the largest file.
    private const int MostAtOnce = 4;

    // The rate is measured over a window, so that a short pause of the network is tolerated.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // An operator must free disk space first.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private static readonly string[] Accepted =
    [
        Csv.MediaType,
        "application/gzip",
        "application/x-gzip",
        "application/octet-stream",
    ];

    private int _receiving;

    /// <summary>The documented media types. The first bytes of a file decide what it is.</summary>
    public static IReadOnlyList<string> MediaTypes => Accepted[..2];

    /// <summary>A <see cref="ProblemException"/> with 415 if the body is declared as something else.</summary>
    public static void CheckType(HttpRequest request)
    {
        if (request.ContentType is not null && !Accepted.Any(type => ContentTypes.Is(request, type)))
        {
            throw new ProblemException(Problems.UnsupportedMediaType(string.Join(" or ", MediaTypes)));
        }
        BodyCharset.CheckDeclared(request);
    }

    /// <summary>Receives the whole body; a <see cref="ProblemException"/> if it is too large or too slow, or cannot be stored.</summary>
    public async Task<HashingStream> Receive(HttpContext http)
    {
        var most = settings.MaxImportBytes;
        if (http.Request.ContentLength > most)
        {
            throw new ProblemException(Problems.TooLarge(most));
        }
        ContentCoding.Decode(http, most);
        FileStream? file = null;
        try
        {
            if (Interlocked.Increment(ref _receiving) > MostAtOnce)
            {
                throw new ProblemException(
                    Problems.Unavailable(
                        http,
                        "Other files are being received; send the file again when one of them has arrived.",
                        Window
                    )
                );
            }
            file = Create(Path.Combine(db.Folder, $"votetracker-import-{Guid.NewGuid():N}.unfinished"));
            await Copy(http, file, most);
            return new HashingStream(file);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            await Close(file);
            // The message can contain a path, so only the log has it.
            log.LogError(exception, "An uploaded file could not be stored.");
            throw new ProblemException(
                Problems.Unavailable(
                    http,
                    "The file could not be stored, and nothing was changed: the disk of the service is full, or its folder is not writable.",
                    RetryAfter
                )
            );
        }
        catch
        {
            await Close(file);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    private static FileStream Create(string path)
    {
        var file = PrivateFile.Create(
            path,
            FileOptions.DeleteOnClose | FileOptions.SequentialScan | FileOptions.Asynchronous
        );
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it is deleted even if the process is killed.
            File.Delete(path);
        }
        return file;
    }

    // A full disk or a missing folder. .NET throws ArgumentOutOfRangeException if a file exceeds the system's limit.
    private static bool IsOfDisk(Exception exception) =>
        exception
            is (IOException and not BadHttpRequestException)
                or UnauthorizedAccessException
                or ArgumentOutOfRangeException;

    // Closing tries to write the rest again, and fails again.
    private static async Task Close(FileStream? file)
    {
        try
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            // It is closed anyway, and the reason is known.
        }
    }

    private async Task Copy(HttpContext http, FileStream file, long most)
    {
        var reader = http.Request.BodyReader;
        using var rate = new UploadRate(http, settings.MinUploadBytesPerSecond, Window, clock);
        while (true)
        {
            var read = await rate.Read(reader);
            try
            {
                foreach (var part in read.Buffer)
                {
                    await file.WriteAsync(part, http.RequestAborted);
                }
            }
            finally
            {
                // Also after a failure, because the rest of the body must be skipped.
                reader.AdvanceTo(read.Buffer.End);
            }
            if (file.Position > most)
            {
                throw new ProblemException(Problems.TooLarge(most));
            }
            if (read.IsCompleted)
            {
                await file.FlushAsync(http.RequestAborted);
                return;
            }
        }
    }
}
