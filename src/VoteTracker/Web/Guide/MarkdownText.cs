using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace VoteTracker.Web.Guide;

/// <summary>Renders Markdown of this project as HTML. Raw HTML in it is text, and comments are left out.</summary>
internal static partial class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UseAutoLinks()
        .Build();

    /// <summary>Parses a text.</summary>
    public static MarkdownDocument Parse(string text) => Markdown.Parse(Comment().Replace(text, ""), Pipeline);

    /// <summary>Renders a short text, such as a description of the contract.</summary>
    public static string ToHtml(string? text) => string.IsNullOrEmpty(text) ? "" : ToHtml(Parse(text));

    /// <summary>Renders a document. Tables scroll inside of their own box, and so does code.</summary>
    public static string ToHtml(MarkdownDocument document)
    {
        foreach (var table in document.Descendants<Table>())
        {
            // An alignment would be an inline style.
            foreach (var column in table.ColumnDefinitions)
            {
                column.Alignment = null;
            }
        }
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ScrolledCode());
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrolledTable());
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new LinkedHeading());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>Cuts HTML at each place where a block of code has this text.</summary>
    public static IReadOnlyList<string> Cut(string html, string text)
    {
        const string mark = "\uE000";
        return Code().Replace(html, code => code.Value.Replace(text, mark, StringComparison.Ordinal)).Split(mark);
    }

    /// <summary>The text of an element without its marks.</summary>
    public static string Plain(LeafBlock block) =>
        block.Inline is null
            ? ""
            : string.Concat(
                block
                    .Inline.Descendants()
                    .Select(inline =>
                        inline switch
                        {
                            LiteralInline literal => literal.Content.ToString(),
                            CodeInline code => code.Content,
                            LineBreakInline => " ",
                            _ => "",
                        }
                    )
            );

    [GeneratedRegex("<pre .*?</pre>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comment();

    // A code block has the focus, so that a reader without a mouse can scroll it.
    private sealed class ScrolledCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            var language = (obj as FencedCodeBlock)?.Info;
            renderer.EnsureLine();
            renderer.Write("<div class=\"code\" data-language=\"").WriteEscape(language ?? "").Write("\">");
            renderer.Write("<pre dir=\"ltr\" tabindex=\"0\"><code>");
            renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
            renderer.WriteLine("</code></pre></div>");
        }
    }

    private sealed class ScrolledTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table obj)
        {
            var name = obj.Descendants<ParagraphBlock>().Take(3).Select(Plain).Where(text => text.Length > 0);
            renderer.EnsureLine();
            renderer.Write("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
            renderer.WriteEscape(string.Join(", ", name)).WriteLine("\">");
            base.Write(renderer, obj);
            renderer.EnsureLine();
            renderer.WriteLine("</div>");
        }
    }

    private sealed class LinkedHeading : HeadingRenderer
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
        {
            if (
                obj.Level > 1
                && obj.Inline is { } inline
                && !inline.Descendants<LinkInline>().Any()
                && obj.TryGetAttributes()?.Id is { } id
            )
            {
                var link = new LinkInline($"#{id}", "");
                var child = inline.FirstChild;
                while (child is not null)
                {
                    var next = child.NextSibling;
                    child.Remove();
                    link.AppendChild(child);
                    child = next;
                }
                inline.AppendChild(link);
            }
            base.Write(renderer, obj);
        }
    }
}
