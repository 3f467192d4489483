using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>The rules of WCAG 2.2, levels A and AA, as axe checks them.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Options = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        ResultTypes = [ResultType.Violations],
    };

    public static async Task<IEnumerable<string>> Faults(IPage page)
    {
        var result = await page.RunAxe(Options);
        return result.Violations.SelectMany(violation =>
            violation
                .Nodes.Take(3)
                .Select(node =>
                    $"axe: {violation.Id}: {violation.Help}: {node.Target}: {node.Any.Concat(node.All).Concat(node.None).FirstOrDefault()?.Message} {node.Html}"
                )
        );
    }
}
