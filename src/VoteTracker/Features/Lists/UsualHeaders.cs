using System.Collections.Frozen;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Lists;

/// <summary>The headers that lists usually have, and the columns that they mean. The chapter about lists has the same table.</summary>
internal static class UsualHeaders
{
    /// <summary>Each column with the headers that are read as it, if the file has no column of its name.</summary>
    public static readonly IReadOnlyList<(string Column, string[] Headers)> All =
    [
        (
            "member_state",
            [
                "Country",
                "Countries",
                "Country name",
                "State",
                "States",
                "State name",
                "Member",
                "Member state",
                "Nation",
                "Delegation",
                "Pays",
                "État",
                "État membre",
                "País",
                "Estado",
                "Estado miembro",
                "Страна",
                "Государство",
                "国家",
                "会员国",
                "البلد",
                "الدولة",
            ]
        ),
        (
            "position",
            [
                "Vote",
                "Stance",
                "Expected vote",
                "Expected position",
                "Voting intention",
                "Intention",
                "Vote intention",
                "Vote attendu",
                "Voto",
                "Posición",
                "Позиция",
                "Голос",
                "立场",
                "الموقف",
            ]
        ),
        (
            "certainty",
            [
                "How sure",
                "How certain",
                "Sure",
                "Confidence",
                "Confidence level",
                "Level of confidence",
                "Certitude",
                "Certeza",
            ]
        ),
        ("evidence", ["Basis", "Source", "Based on", "How do we know", "Source of information"]),
        ("evidence_url", ["Link", "URL", "Evidence link", "Source link"]),
        ("note", ["Notes", "Comment", "Comments", "Remark", "Remarks", "Observations"]),
        ("notes", ["Note", "Comment", "Comments", "Remark", "Remarks", "Observations"]),
        ("reason", ["Why", "Reason for change"]),
        ("assignee", ["Assigned to", "Responsible", "Owner", "Lead", "Who follows up"]),
        ("status", ["Co-sponsor", "Cosponsor", "Co-sponsorship", "Cosponsorship", "Sponsor", "Sponsorship"]),
        ("role", ["Type", "Main or additional"]),
        ("since", ["From", "Date", "Signed on", "Since when"]),
        ("withdrawn_on", ["Withdrawn", "Withdrawal"]),
        ("text_version", ["Text", "Revision", "Draft version", "Version of the text"]),
        ("name", ["Contact", "Contact name", "Full name", "Person", "Nom", "Nombre"]),
        ("title", ["Job title", "Post", "Function", "Rank"]),
        ("office", ["Place of work", "Organisation", "Organization", "Where"]),
        ("email", ["E-mail", "Mail", "Email address", "E-mail address", "Courriel", "Correo"]),
        ("phone", ["Telephone", "Tel", "Mobile", "Phone number", "Telephone number", "Téléphone", "Teléfono"]),
        ("languages", ["Language", "Spoken languages", "Languages spoken"]),
        ("id", ["Contact id"]),
        (
            "organisation",
            [
                "Organization",
                "Organisation name",
                "Organization name",
                "Name of organisation",
                "Name of organization",
                "Name",
                "NGO",
                "Association",
                "Organización",
                "Организация",
                "组织",
                "المنظمة",
            ]
        ),
        ("kind", ["Type", "Type of organisation", "Type of organization", "Category", "Sector"]),
        ("url", ["Link", "Website", "Web site", "Web page", "Homepage", "Web address"]),
        ("signed_on", ["Date", "Signed", "Date signed", "Date of signature"]),
        ("public", ["Published", "Publish", "Can be published", "Show"]),
    ];

    /// <summary>The columns by headers, for the columns that a kind of list has.</summary>
    public static IReadOnlyDictionary<string, string> For(CsvColumns columns) =>
        All.Where(row => columns.IsKnown(row.Column))
            .SelectMany(row => row.Headers.Select(header => (Header: ColumnMap.Fold(header), row.Column)))
            // The service's own names with blanks: `withdrawn on`.
            .Concat(columns.Known.Select(column => (Header: ColumnMap.Fold(column), Column: column)))
            .DistinctBy(row => row.Header)
            .ToFrozenDictionary(row => row.Header, row => row.Column, StringComparer.Ordinal);
}
