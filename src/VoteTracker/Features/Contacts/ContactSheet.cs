using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;

namespace VoteTracker.Features.Contacts;

/// <summary>A list of contacts from a spreadsheet. Messages do not show its cells, except those for the state and the office.</summary>
internal sealed record ContactSheet(CsvRows Table, IValidator<ContactFields> Validator) : ICustomBody
{
    /// <summary>The columns that an import changes.</summary>
    public static readonly IReadOnlyList<string> Editable =
    [
        "name",
        "title",
        "office",
        "email",
        "phone",
        "languages",
        "notes",
    ];

    /// <summary>The number of rows that are read. More would keep other writers waiting for seconds.</summary>
    public const int MostRows = 2_000;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3", "name"],
        Alternatives = [.. StateIdentity.All.Skip(1)],
        Changing = Editable,
        Others = ["id", "version", "changed_by", "changed_at"],
    };

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<ContactSheet> Read(HttpContext http) =>
        new(
            await ListRequest.Read(http, Columns, MostRows, isPersonal: true),
            http.RequestServices.GetRequiredService<IValidator<ContactFields>>()
        );
}

/// <summary>Binds a list of contacts.</summary>
internal sealed class ContactSheetBinder : IRequestBinder<ContactSheet>
{
    public ValueTask<ContactSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        ContactSheet.Read(ctx.HttpContext);
}
