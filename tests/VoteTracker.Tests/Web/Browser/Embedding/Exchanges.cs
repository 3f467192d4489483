using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>
/// What a service receives and sends, noted by the service. A browser's tools do not show all headers of all requests, and
/// not the text of a stream that is open.
/// </summary>
internal sealed class Exchanges : IStartupFilter
{
    private readonly ConcurrentQueue<Exchange> _all = new();

    /// <summary>The exchanges since the last <see cref="Clear"/>.</summary>
    public IReadOnlyCollection<Exchange> All => _all;

    public void Clear() => _all.Clear();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (http, following) =>
                {
                    var exchange = new Exchange(http);
                    _all.Enqueue(exchange);
                    // Compressed text cannot be searched.
                    http.Request.Headers.AcceptEncoding = "identity";
                    http.Response.Body = new CopiedBody(http.Response.Body, exchange);
                    await following(http);
                }
            );
            next(app);
        };

    internal sealed class Exchange
    {
        private readonly StringBuilder _text = new();

        public Exchange(HttpContext http)
        {
            Url = http.Request.Path + http.Request.QueryString;
            IsOfBrowser = http.Request.Headers.ContainsKey("Sec-Fetch-Mode");
            HasCookie = http.Request.Headers.Cookie.Count > 0;
            HasKey = http.Request.Headers.Authorization.Count > 0;
            http.Response.OnStarting(() =>
            {
                SetsCookie = http.Response.Headers.SetCookie.Count > 0;
                return Task.CompletedTask;
            });
        }

        public string Url { get; }

        public bool IsOfBrowser { get; }

        public bool HasCookie { get; }

        public bool HasKey { get; }

        public bool SetsCookie { get; private set; }

        /// <summary>The body so far, read as UTF-8.</summary>
        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            lock (_text)
            {
                _text.Append(Encoding.UTF8.GetString(bytes));
            }
        }
    }

    private sealed class CopiedBody(Stream body, Exchange exchange) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => body.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            exchange.Add(buffer.AsSpan(offset, count));
            body.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            exchange.Add(buffer.Span);
            return body.WriteAsync(buffer, cancellationToken);
        }
    }
}
