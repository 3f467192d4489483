using System.Globalization;
using System.IO.Pipelines;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Bodies;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>Reads a body, and rejects it with 408 if too few bytes arrive in a window of time.</summary>
internal sealed class UploadRate : IDisposable
{
    private readonly HttpContext _http;
    private readonly int _bytesPerSecond;
    private readonly TimeSpan _window;
    private readonly CancellationTokenSource _slow;
    private long _bytes;

    /// <summary>A rate of 0 means no minimum.</summary>
    public UploadRate(HttpContext http, int bytesPerSecond, TimeSpan window, TimeProvider clock)
    {
        (_http, _bytesPerSecond, _window) = (http, bytesPerSecond, window);
        _slow = new CancellationTokenSource(bytesPerSecond == 0 ? Timeout.InfiniteTimeSpan : window, clock);
    }

    /// <summary>Reads the next bytes.</summary>
    public async ValueTask<ReadResult> Read(PipeReader reader)
    {
        try
        {
            var read = await reader.ReadUnlessStopping(_http, _slow.Token);
            _bytes += read.Buffer.Length;
            if (_bytesPerSecond > 0 && _bytes >= _bytesPerSecond * _window.TotalSeconds)
            {
                _bytes = 0;
                _slow.CancelAfter(_window);
            }
            return read;
        }
        catch (OperationCanceledException) when (_slow.IsCancellationRequested)
        {
            BodyFaults.CloseAfterResponse(_http);
            throw new ProblemException(ProblemTypes.UploadTooSlow.Create(_bytesPerSecond, _window.TotalSeconds));
        }
        catch (Exception exception) when (BodyFaults.IsClientFault(exception))
        {
            throw BodyFaults.ToProblem(_http, exception);
        }
    }

    public void Dispose()
    {
        _slow.Dispose();
    }
}
