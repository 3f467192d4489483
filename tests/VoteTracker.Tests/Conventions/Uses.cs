using System.Reflection;
using System.Reflection.Emit;

namespace VoteTracker.Tests.Conventions;

/// <summary>
/// The types that each type of the service uses, from the compiled assembly: base types, fields, signatures, and the
/// instructions of methods. A constant leaves no trace, and is no dependency at run time.
/// </summary>
internal static class Uses
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    private static readonly Lazy<Dictionary<Type, HashSet<Type>>> All = new(Read);

    public static Assembly Service => typeof(Program).Assembly;

    /// <summary>The types written in the source, each with what it, its nested types and its lambdas use.</summary>
    public static IReadOnlyDictionary<Type, HashSet<Type>> OfEach => All.Value;

    /// <summary>The folder that a type is in: `Features`, `Endpoints`; empty for the top.</summary>
    public static string Folder(Type type) =>
        type.Namespace?.Split('.') is ["VoteTracker", var folder, ..] ? folder : "";

    /// <summary>The type in the source, instead of a closure or state machine of the compiler.</summary>
    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }
        return type;
    }

    private static Dictionary<Type, HashSet<Type>> Read()
    {
        var all = new Dictionary<Type, HashSet<Type>>();
        foreach (
            var type in Service
                .GetTypes()
                .Where(t => Outermost(t).Namespace?.StartsWith("VoteTracker", StringComparison.Ordinal) == true)
        )
        {
            var outermost = Outermost(type);
            var uses = all.TryGetValue(outermost, out var known) ? known : all[outermost] = [];
            foreach (var used in Named(type).SelectMany(Parts))
            {
                // Types that the compiler generates have no namespace.
                if (Outermost(used) != outermost && used.Namespace is not null)
                {
                    uses.Add(Outermost(used));
                }
            }
        }
        return all;
    }

    private static IEnumerable<Type> Named(Type type)
    {
        IEnumerable<Type?> signature =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Declared).Select(f => f.FieldType),
            .. type.GetCustomAttributesData().Select(a => a.AttributeType),
        ];
        foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            signature =
            [
                .. signature,
                (method as MethodInfo)?.ReturnType,
                .. method.GetParameters().Select(p => p.ParameterType),
                .. method.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? [],
                .. InInstructions(method),
            ];
        }
        return signature.OfType<Type>();
    }

    private static IEnumerable<Type> InInstructions(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length; )
        {
            var code = il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at];
            at += il[at] == 0xFE ? 2 : 1;
            var operand = OpCodesByValue[code].OperandType;
            if (
                operand
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!;
                foreach (var type in ListFor(member))
                {
                    yield return type;
                }
            }
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> ListFor(MemberInfo member) =>
        member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodBase method =>
            [
                method.DeclaringType!,
                .. (method as MethodInfo)?.ReturnType is { } returned ? [returned] : Type.EmptyTypes,
                .. method.GetParameters().Select(p => p.ParameterType),
                .. method.IsGenericMethod ? method.GetGenericArguments() : [],
            ],
            _ => [],
        };

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }
        if (type.IsGenericParameter)
        {
            return [];
        }
        return type.IsConstructedGenericType
            ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
            : [type];
    }
}
