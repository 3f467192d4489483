using System.Globalization;

namespace VoteTracker.Features.Imports;

/// <summary>Shows the progress of an import: in place on a terminal, otherwise as a line every second.</summary>
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
            // Clears the line: the report follows.
            await _terminal.WriteAsync("\r\u001b[K");
        }
    }

    private async Task Show()
    {
        // The first time at once, to show that it has begun.
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
