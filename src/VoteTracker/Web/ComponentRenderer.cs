using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace VoteTracker.Web;

/// <summary>
/// Renders a Razor component to bytes. Components have no services: all that they show is in their parameters. Nothing is
/// created at the start, only by a rendering.
/// </summary>
internal static class ComponentRenderer
{
    private static readonly Lazy<IServiceProvider> Services = new(() =>
        new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider()
    );

    /// <summary>Renders a component as UTF-8.</summary>
    /// <param name="parameters">The parameters by name.</param>
    /// <param name="before">Text that is written before it, such as a document type.</param>
    public static async Task<byte[]> Render<TComponent>(
        IReadOnlyDictionary<string, object?> parameters,
        string before = ""
    )
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(Services.Value, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(
                ParameterView.FromDictionary(new Dictionary<string, object?>(parameters, StringComparer.Ordinal))
            );
            using var stream = new MemoryStream();
            await using (
                var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 8192, leaveOpen: true)
            )
            {
                await writer.WriteAsync(before);
                root.WriteHtmlTo(writer);
            }
            return stream.ToArray();
        });
    }
}
