using System.IO.Pipelines;
using VoteTracker.Http;
using VoteTracker.Http.Bodies;

namespace VoteTracker.Features.Imports;

/// <summary>
/// A file that is sent: kept beside the database while it is read, never in memory, and gone when it was read or when the
/// process ends.
/// </summary>
internal static class Upload
{
    private static readonly string[] Taken =
    [
        Csv.MediaType,
        "application/gzip",
        "application/x-gzip",
        "application/octet-stream",
    ];

    /// <summary>The types of body that are taken; what it is, is told from its first bytes.</summary>
    public static IReadOnlyList<string> MediaTypes => Taken[..2];

    /// <summary>A <see cref="Refusal"/> with 415 where the body is something else.</summary>
    public static void CheckType(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        BodyCharset.CheckDeclared(request);
        if (type is not null && !Taken.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw new Refusal(Problems.UnsupportedMediaType(string.Join(" or ", MediaTypes)));
        }
    }

    /// <summary>Takes the whole body; a <see cref="Refusal"/> where it is too large, or there is no room for it.</summary>
    public static async Task<HashingStream> Receive(HttpContext http, string folder, long most)
    {
        if (http.Request.ContentLength > most)
        {
            throw new Refusal(Problems.TooLarge(most));
        }
        ContentCoding.Decode(http, most);
        FileStream? file = null;
        try
        {
            file = Create(Path.Combine(folder, $"votetracker-import-{Guid.NewGuid():N}.unfinished"));
            await Copy(http, file, most);
            return new HashingStream(file);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            await Close(file);
            throw new Refusal(
                Problems.Unavailable(
                    http,
                    $"The file could not be kept while it is read, nothing was changed: {exception.Message}",
                    retryAfter: null
                )
            );
        }
        catch
        {
            await Close(file);
            throw;
        }
    }

    private static FileStream Create(string path)
    {
        var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.SequentialScan | FileOptions.Asynchronous
        );
        if (!OperatingSystem.IsWindows())
        {
            // It has no name any more, so not even a kill leaves it behind.
            File.Delete(path);
        }
        return file;
    }

    // No room, or no place: .NET says in its own way that a file would be larger than the system lets it be.
    private static bool IsOfDisk(Exception exception) =>
        exception
            is (IOException and not BadHttpRequestException)
                or UnauthorizedAccessException
                or ArgumentOutOfRangeException;

    // What could not be written is tried once more as it closes, and fails once more.
    private static async Task Close(FileStream? file)
    {
        try
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception exception) when (IsOfDisk(exception))
        {
            // It is closed all the same, and why it failed is known.
        }
    }

    private static async Task Copy(HttpContext http, FileStream file, long most)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await Read(http, reader);
            try
            {
                foreach (var part in read.Buffer)
                {
                    await file.WriteAsync(part, http.RequestAborted);
                }
            }
            finally
            {
                // Also where it failed, or what is left of the body could not be passed over.
                reader.AdvanceTo(read.Buffer.End);
            }
            if (file.Position > most)
            {
                throw new Refusal(Problems.TooLarge(most));
            }
            if (read.IsCompleted)
            {
                await file.FlushAsync(http.RequestAborted);
                return;
            }
        }
    }

    // On its own, because a fault of the connection must not be taken for one of the disk.
    private static async ValueTask<ReadResult> Read(HttpContext http, PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (Exception exception) when (BodyFaults.AreOfTheClient(exception))
        {
            throw BodyFaults.Refuse(http, exception);
        }
    }
}
