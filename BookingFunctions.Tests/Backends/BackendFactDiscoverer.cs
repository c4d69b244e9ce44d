using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace BookingFunctions.Tests.Backends;

/// <summary>Asks the backend of a class of tests whether it can run here: an attribute alone doesn't see its class.</summary>
public sealed class BackendFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SkipReason(testMethod.TestClass.Class.ToRuntimeType()) is { } reason
            ? new SkippedTestCase(reason, DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    private static string? SkipReason(Type? test)
    {
        for (; test is not null; test = test.BaseType)
        {
            if (test.IsGenericType && test.GetGenericTypeDefinition() == typeof(Contract<>))
            {
                return (string?)test.GetGenericArguments()[0]
                    .GetProperty(nameof(IBackend.SkipReason), BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy)!
                    .GetValue(null);
            }
        }

        return null;
    }
}
