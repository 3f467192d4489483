using System.Text.Json;
using Microsoft.Playwright;
using VoteTracker.Localization;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>Looks for text that is cut, runs out of the window, or was not translated.</summary>
internal static class Looks
{
    // A key of a message has dots, and its first word is the first word of many keys.
    private static readonly string KeyPattern =
        $@"(?<![\w./@-])({string.Join('|', FirstWords())})(\.[A-Za-z][\w-]*)+(?![\w/(])";

    private const string Script = """
        (keyPattern) => {
          const faults = [];
          const root = document.documentElement;
          const describe = (e) => `<${e.localName}${e.id ? "#" + e.id : ""}${e.classList?.length ? "." + [...e.classList].join(".") : ""}>`;
          if (root.scrollWidth > innerWidth) {
            const widest = [...document.querySelectorAll("body *")]
              .filter((e) => !scrolls(e.parentElement))
              .map((e) => [e, e.getBoundingClientRect()])
              .filter(([, r]) => r.right > innerWidth + 1 || r.left < -1)
              .slice(0, 5).map(([e, r]) => `${describe(e)} ${Math.round(r.left)}…${Math.round(r.right)}`);
            faults.push(`overflow: ${root.scrollWidth} of ${innerWidth} pixels: ${widest.join(", ")}`);
          }

          function scrolls(e) {
            for (; e && e !== document.body; e = e.parentElement) {
              if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true;
            }
            return false;
          }
          // Text for screen readers only is a box of a pixel, or is clipped away.
          const isHidden = (e) => {
            for (; e; e = e.parentElement) {
              const style = getComputedStyle(e);
              const box = e.getBoundingClientRect();
              if (style.clipPath !== "none" || style.clip !== "auto" || (box.width <= 1 && box.height <= 1 && style.overflow !== "visible")) return true;
            }
            return false;
          };
          const visible = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });

          const key = new RegExp(keyPattern, "u");
          const translated = (text, where) => {
            if (key.test(text)) faults.push(`untranslated: ${text.match(key)[0]} in ${where}`);
            const placeholder = text.match(/\{[A-Za-z][\w]*\}/u);
            if (placeholder) faults.push(`placeholder: ${placeholder[0]} in ${where}: ${text.trim().slice(0, 80)}`);
            if (/\b(undefined|NaN|null|\[object \w+\])(?![\w-])/u.test(text)) faults.push(`no value: ${text.trim().slice(0, 80)} in ${where}`);
          };
          translated(document.title, "the title");

          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode.data;
            const e = walker.currentNode.parentElement;
            // What users wrote, addresses, and descriptions of the API, may contain anything.
            if (!text.trim() || e.closest("script, style, noscript, template")) continue;
            if (!e.closest("code, pre, bdi, textarea, input, .chapter, .reference")) translated(text, describe(e));
            if (e.closest("svg") || !visible(e) || isHidden(e)) continue;

            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const box = range.getBoundingClientRect();
            // A link that skips the navigation is far outside until it has the focus.
            if (box.width === 0 || box.right < -1000 || box.left > innerWidth + 1000) continue;
            if (!scrolls(e) && (box.right > innerWidth + 1 || box.left < -1)) {
              faults.push(`outside: ${describe(e)} ${Math.round(box.left)}…${Math.round(box.right)}: ${text.trim().slice(0, 60)}`);
            }
            for (let outer = e; outer && outer !== document.body; outer = outer.parentElement) {
              const style = getComputedStyle(outer);
              if (["auto", "scroll"].includes(style.overflowX) || style.position === "fixed") break;
              if (!["hidden", "clip"].includes(style.overflowX)) continue;
              const limit = outer.getBoundingClientRect();
              const isAbridged = style.textOverflow === "ellipsis" && (outer.title || outer.closest("[title]"));
              if (!isAbridged && (box.right > limit.right + 1 || box.left < limit.left - 1)) {
                faults.push(`cut: ${describe(e)} by ${describe(outer)}: ${text.trim().slice(0, 60)}`);
              }
            }
          }
          for (const e of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
            for (const name of ["aria-label", "alt", "title", "placeholder"]) {
              if (e.hasAttribute(name) && !e.querySelector("bdi") && !e.closest(".chapter, .reference")) translated(e.getAttribute(name), `${name} of ${describe(e)}`);
            }
          }
          for (const text of document.querySelectorAll("svg text")) {
            if (!visible(text) || isHidden(text)) continue;
            const box = text.getBoundingClientRect();
            const limit = text.ownerSVGElement.getBoundingClientRect();
            // The box of a line is higher than its letters.
            const slack = box.height / 4;
            if (box.width && (box.right > limit.right + 1 || box.left < limit.left - 1 || box.bottom > limit.bottom + slack || box.top < limit.top - slack)) {
              faults.push(`cut in a picture: ${text.textContent.trim().slice(0, 60)}`);
            }
          }
          return [...new Set(faults)];
        }
        """;

    public static async Task<IEnumerable<string>> Faults(IPage page)
    {
        var faults = await page.EvaluateAsync<JsonElement>(Script, KeyPattern).WaitAsync(Hang.Limit);
        return faults.EnumerateArray().Select(fault => fault.GetString()!).Take(20);
    }

    private static IEnumerable<string> FirstWords() =>
        Language
            .English.Messages.Keys.Where(key => key.Contains('.', StringComparison.Ordinal))
            .Select(key => key.Split('.')[0])
            .Distinct(StringComparer.Ordinal);
}
