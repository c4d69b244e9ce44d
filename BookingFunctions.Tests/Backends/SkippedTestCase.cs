using Xunit.Abstractions;
using Xunit.Sdk;

namespace BookingFunctions.Tests.Backends;

/// <summary>A test that is skipped for a reason known only when it is discovered.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    private string reason = "";

    [Obsolete("Called by the deserializer of test cases.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(string reason, IMessageSink diagnostics, TestMethodDisplay display, ITestMethod method)
        : base(diagnostics, display, TestMethodDisplayOptions.None, method) => this.reason = reason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(reason), reason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);
        reason = data.GetValue<string>(nameof(reason));
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) => reason;
}
