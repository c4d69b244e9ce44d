// These are the mistakes that the analyzers of Azure Functions find; here, the host has to.
#pragma warning disable AZFW0002, DURABLE0008, DURABLE1001, DURABLE1003

using BookingFunctions.Tests.LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Tests;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.LocalFunctionsHost.Functions;

/// <summary>Functions that can't run, a class each.</summary>
public static class WrongFunctions
{
    public static class Duplicate
    {
        [Function("Same")]
        public static void One([ActivityTrigger] string text) => _ = text;

        [Function("same")]
        public static void Two([ActivityTrigger] string text) => _ = text;
    }

    public static class Entity
    {
        [Function("Counter")]
        public static Task RunAsync([EntityTrigger] object dispatcher) => Task.FromResult(dispatcher);
    }

    public static class QueueListener
    {
        [Function("Listen")]
        public static void Run([QueueTrigger] string message) => _ = message;
    }

    public static class Blob
    {
        [Function("Read")]
        public static void Run([ActivityTrigger] string text, [BlobInput] string blob) => _ = text + blob;
    }

    [DurableTask("Task")]
    public sealed class TaskClass : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input);
    }

    public static class NoTrigger
    {
        [Function("Idle")]
        public static void Run(string text) => _ = text;
    }

    public static class TwoTriggers
    {
        [Function("Both")]
        public static void Run([ActivityTrigger] string text, [HttpTrigger] HttpRequest request) => _ = (text, request);
    }

    public static class WrongName
    {
        [Function("my function")]
        public static void Run([ActivityTrigger] string text) => _ = text;
    }

    public static class Hidden
    {
        [Function("Hidden")]
        internal static void Run([ActivityTrigger] string text) => _ = text;
    }

    public static class Generic
    {
        [Function("Generic")]
        public static void Run<T>([ActivityTrigger] T value) => _ = value;
    }

    public static class AsyncVoid
    {
        [Function("Fire")]
        public static async void Run([ActivityTrigger] string text) => await Task.FromResult(text);
    }

    public static class OrchestratorOfText
    {
        [Function("Text")]
        public static Task RunAsync([OrchestrationTrigger] string text) => Task.FromResult(text);
    }

    public static class OrchestratorWithClient
    {
        [Function("Client")]
        public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) =>
            Task.FromResult((context, client));
    }

    public static class ActivityWithMore
    {
        [Function("More")]
        public static void Run([ActivityTrigger] string text, int number) => _ = (text, number);
    }

    public static class HttpOfText
    {
        [Function("Post")]
        public static void Run([HttpTrigger] string body) => _ = body;
    }

    public static class HttpWithService
    {
        [Function("Service")]
        public static void Run([HttpTrigger] HttpRequest request, CallCounter counter) => _ = (request, counter);
    }

    public static class BadRoute
    {
        [Function("Bad")]
        public static void Run([HttpTrigger(Route = "a/{b")] HttpRequest request) => _ = request;
    }

    public static class BadConstraint
    {
        [Function("Bad")]
        public static void Run([HttpTrigger(Route = "a/{b:prime}")] HttpRequest request) => _ = request;
    }

    public static class SameRoute
    {
        [Function("One")]
        public static void One([HttpTrigger("get", "post", Route = "Trips/{id}")] HttpRequest request) => _ = request;

        [Function("Two")]
        public static void Two([HttpTrigger("POST", Route = "trips/{name}")] HttpRequest request) => _ = request;
    }
}
