using System.Collections.Concurrent;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Caches the contract's documents as bytes. Each takes hundreds of milliseconds to create, and it never changes.
/// </summary>
internal sealed class ContractCache(RequestDelegate next) : IDisposable
{
    private readonly ConcurrentDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _creating = new(1);

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
            await _creating.WaitAsync(http.RequestAborted);
            try
            {
                document = _documents.GetValueOrDefault(path) ?? await Create(http);
            }
            finally
            {
                _creating.Release();
            }
            if (document is null)
            {
                return;
            }
            // Only paths that have a document are cached, so the cache cannot grow without limit.
            _documents[path] = document;
        }
        http.Response.ContentType = document.ContentType;
        http.Response.ContentLength = document.Bytes.Length;
        await http.Response.BodyWriter.WriteAsync(document.Bytes, http.RequestAborted);
    }

    public void Dispose() => _creating.Dispose();

    private async Task<Document?> Create(HttpContext http)
    {
        var original = http.Response.Body;
        using var bytes = new MemoryStream();
        http.Response.Body = bytes;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Response.Body = original;
        }
        return http.Response is { StatusCode: StatusCodes.Status200OK, ContentType: { } type }
            ? new Document(type, bytes.ToArray())
            : null;
    }

    private sealed record Document(string ContentType, byte[] Bytes);
}
