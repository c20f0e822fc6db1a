package dev.storyline.deployment;

/** What a template must not do: the stable id, why, and what to do instead. */
public enum LintRule {
    TOO_MANY_READERS(
            "too-many-readers",
            "At most two functions may read one DynamoDB stream: more of them are throttled and fall behind.",
            "Deploy the context with Kinesis as its feed."),
    LATEST_START(
            "latest-start",
            "A feed that begins at the latest record misses what was committed while it was made.",
            "Write StartingPosition: TRIM_HORIZON."),
    ENDLESS_RETRIES(
            "endless-retries",
            "Retries without end let one bad record block its shard until the stream forgets the records behind it.",
            "Set MaximumRetryAttempts, and MaximumRecordAgeInSeconds below the 24 hours that a stream keeps."),
    NO_FAILURE_DESTINATION(
            "no-failure-destination",
            "What a feed gives up would be lost without a word.",
            "Set DestinationConfig.OnFailure.Destination to the slice's failure queue."),
    NO_PARTIAL_BATCH(
            "no-partial-batch",
            "Without partial answers one failed record brings the whole batch again.",
            "Write FunctionResponseTypes: [ReportBatchItemFailures]."),
    NO_BISECT(
            "no-bisect",
            "A batch that kills the function would take every record in it to the failure queue.",
            "Write BisectBatchOnFunctionError: true."),
    WRONG_STREAM_VIEW(
            "wrong-stream-view",
            "Feeds read the whole commit from the change record.",
            "Write StreamSpecification: {StreamViewType: NEW_IMAGE}."),
    INVALID_FILTER(
            "invalid-filter",
            "A pattern that is no JSON object with lists as its leaves is refused at deployment, or matches nothing.",
            "Write an object whose leaves are lists of what may match."),
    FILTERED_FEED(
            "filtered-feed",
            "What a filter keeps from a feed looks like a gap, which is then read from the event table.",
            "Remove the FilterCriteria: machines pass over what they do not know."),
    WILDCARD(
            "wildcard",
            "A wildcard in a policy grants what nobody has thought of.",
            "Name each action and each resource."),
    NO_LOG_RETENTION(
            "no-log-retention",
            "Logs without a retention are kept and paid for without end.",
            "Give the function a LogGroup of its template in LoggingConfig, with RetentionInDays."),
    NO_CONCURRENCY_DECISION(
            "no-concurrency-decision",
            "A function without a decision may take the concurrency of the whole account.",
            "Write ReservedConcurrentExecutions, also where a parameter lets it be unreserved."),
    PLAINTEXT_SECRET(
            "plaintext-secret",
            "What stands in a template is in the repository, in the console and in every log of a deployment.",
            "Keep it in Secrets Manager, and let parameters that carry secrets be NoEcho without a default."),
    ROUTE_UNSERVED(
            "route-unserved",
            "A route that leads to no function of its slice answers with an error.",
            "Let the slice of the model that has an actor own the route, its integration and the function."),
    ROUTE_SERVED_TWICE(
            "route-served-twice",
            "Of two slices with one route only the one that was deployed first can be.",
            "Give each slice a route of its own."),
    NO_PERMISSION(
            "no-permission",
            "What AWS may not call it does not call, and only its own logs tell.",
            "Write an AWS::Lambda::Permission with the route or the rule as its SourceArn, for a queue an AWS::SQS::QueuePolicy."),
    NEEDLESS_PERMISSION(
            "needless-permission",
            "Who calls a function without a route or a rule passes by the door that asks who comes.",
            "Remove it, or name one route of the context's API or one rule as its SourceArn."),
    UNKNOWN_RESOURCE(
            "unknown-resource",
            "What nobody checks may open what the checked parts keep closed.",
            "Use the types and properties that the other templates use, or teach the lint to check this one."),
    UNKNOWN_EXPORT(
            "unknown-export",
            "A function whose QUARKUS_FUNQY_EXPORT names no @Funq method fails at its start.",
            "Name a @Funq method of the slice's sources."),
    OPEN_ROUTE(
            "open-route",
            "A route without authorizer and scopes lets anybody in.",
            "Write AuthorizationType: JWT, the AuthorizerId of the context's API, and AuthorizationScopes."),
    WRONG_SCOPES(
            "wrong-scopes",
            "Who may use a slice stands in the model; the template must not say otherwise.",
            "List <context>/<actor> for each of the slice's actors in the model, and nothing else."),
    COPIED_ARN(
            "copied-arn",
            "An ARN with a region or an account in it belongs to one installation.",
            "Import it, take it from a resource, or build it with !Sub from AWS::Region and AWS::AccountId."),
    UNPROTECTED_EVENTS(
            "unprotected-events",
            "The event table is the truth: nothing else brings it back.",
            "Set PointInTimeRecoveryEnabled and DeletionProtectionEnabled, and both policies to Retain."),
    UNENCRYPTED_TABLE(
            "unencrypted-table",
            "Tables hold what people told the business.",
            "Write SSESpecification: {SSEEnabled: true}."),
    TOO_MUCH_GRANTED(
            "too-much-granted",
            "A function may do what its slice is for by the model, and nothing else.",
            "Remove the grant, or let the model say what the slice does."),
    UNREADABLE(
            "unreadable",
            "What cannot be resolved cannot be checked, and the local cloud cannot run it.",
            "Put right what the sentence says.");

    private final String id;
    private final String why;
    private final String todo;

    LintRule(String id, String why, String todo) {
        this.id = id;
        this.why = why;
        this.todo = todo;
    }

    /** As it is printed and named; never changes. */
    public String id() {
        return id;
    }

    /** Why it is a rule. */
    public String why() {
        return why;
    }

    /** What to do instead. */
    public String todo() {
        return todo;
    }
}
