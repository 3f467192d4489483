using System.Collections.Concurrent;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Keeps the contract's documents as bytes. To make one takes hundreds of milliseconds, and it is always the same.
/// </summary>
internal sealed class ContractCache(RequestDelegate next) : IDisposable
{
    private readonly ConcurrentDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    public async Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(http.Request.Method) || !path.StartsWith("/openapi/", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        if (!_documents.TryGetValue(path, out var document))
        {
            await _one.WaitAsync(http.RequestAborted);
            try
            {
                document = _documents.GetValueOrDefault(path) ?? await Make(http);
            }
            finally
            {
                _one.Release();
            }
            if (document is null)
            {
                return;
            }
            // Only paths that have a document, so the cache cannot grow without end.
            _documents[path] = document;
        }
        http.Response.ContentType = document.ContentType;
        http.Response.ContentLength = document.Bytes.Length;
        await http.Response.BodyWriter.WriteAsync(document.Bytes, http.RequestAborted);
    }

    public void Dispose() => _one.Dispose();

    private async Task<Document?> Make(HttpContext http)
    {
        var connection = http.Response.Body;
        using var bytes = new MemoryStream();
        http.Response.Body = bytes;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Response.Body = connection;
        }
        return http.Response is { StatusCode: StatusCodes.Status200OK, ContentType: { } type }
            ? new Document(type, bytes.ToArray())
            : null;
    }

    private sealed record Document(string ContentType, byte[] Bytes);
}
