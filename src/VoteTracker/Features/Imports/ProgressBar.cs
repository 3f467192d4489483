using System.Globalization;

namespace VoteTracker.Features.Imports;

/// <summary>Shows on a terminal how far an import is, in place; where there is none, in a line a second.</summary>
internal sealed class ProgressBar : IAsyncDisposable
{
    private const int Width = 40;

    private readonly ImportJob _job;
    private readonly TextWriter _terminal;
    private readonly bool _isPlain;
    private readonly PeriodicTimer _timer;
    private readonly Task _showing;

    public ProgressBar(ImportJob job, TextWriter terminal, bool isPlain)
    {
        (_job, _terminal, _isPlain) = (job, terminal, isPlain);
        _timer = new PeriodicTimer(isPlain ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(100));
        _showing = Show();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _showing;
        if (!_isPlain)
        {
            // Away with it: what was done is said next.
            await _terminal.WriteAsync("\r\u001b[K");
        }
    }

    private async Task Show()
    {
        // At once first: who waits sees that it has begun.
        do
        {
            var progress = _job.Progress;
            var share = progress.Bytes == 0 ? 0 : (double)progress.BytesRead / progress.Bytes;
            var text = string.Create(CultureInfo.InvariantCulture, $"{share:P0} read, {progress.Lines:N0} lines");
            if (_isPlain)
            {
                await _terminal.WriteLineAsync(text);
            }
            else
            {
                var done = (int)(share * Width);
                await _terminal.WriteAsync(
                    $"\r[{new string('#', done)}{new string('.', Width - done)}] {text}\u001b[K"
                );
            }
        } while (await _timer.WaitForNextTickAsync());
    }
}
