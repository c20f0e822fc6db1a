package dev.storyline.deployment;

/** The rules for templates: a stable id, the reason, and the remedy. */
public enum LintRule {
    TOO_MANY_READERS(
            "too-many-readers",
            "At most two functions may read one DynamoDB stream. More readers are throttled and fall behind.",
            "Deploy the context with Feed=fanout in infra/samconfig.toml, and run './storyline slice template'."),
    TOO_MANY_SHARED_READS(
            "too-many-shared-reads",
            "A shard of a Kinesis stream gives all its readers together five reads a second, and each mapping reads once a second.",
            "Read through an AWS::Kinesis::StreamConsumer of the slice, which has reads of its own."),
    TOO_MANY_CONSUMERS(
            "too-many-consumers",
            "A Kinesis stream has at most twenty consumers with reads of their own.",
            "Deploy the context with Feed=fanout in infra/samconfig.toml, and run './storyline slice template'."),
    QUEUE_OUTRUNS_FUNCTION(
            "queue-outruns-function",
            "Lambda reads a queue faster than a function with reserved concurrency takes it. Each batch that is throttled counts as a"
                    + " delivery, and after some of them good messages are dead letters.",
            "Set ScalingConfig.MaximumConcurrency, to no more than ReservedConcurrentExecutions."),
    WRAPPED_MESSAGES(
            "wrapped-messages",
            "Without raw delivery SNS wraps each message into an envelope, which no feed reads.",
            "Write RawMessageDelivery: true."),
    COSTLY_ALARMS(
            "costly-alarms",
            "CloudWatch bills every metric that an alarm watches, each month.",
            "Watch at most eight metrics in the stack of a slice, and twenty in that of a context."),
    LATEST_START(
            "latest-start",
            "A feed that begins at the latest record misses the commits of the time of its creation.",
            "Write StartingPosition: TRIM_HORIZON."),
    ENDLESS_RETRIES(
            "endless-retries",
            "With endless retries one bad record blocks its shard until the stream drops the records behind it.",
            "Set MaximumRetryAttempts, and MaximumRecordAgeInSeconds below the 24 hours that a stream keeps."),
    NO_FAILURE_DESTINATION(
            "no-failure-destination",
            "Without a destination, what a feed or the endpoint of a deadline gives up is lost silently.",
            "Set DestinationConfig.OnFailure.Destination, of a function in its EventInvokeConfig, to a queue of the slice."),
    NO_PARTIAL_BATCH(
            "no-partial-batch",
            "Without partial batch responses one failed record repeats the whole batch.",
            "Write FunctionResponseTypes: [ReportBatchItemFailures]."),
    NO_BISECT(
            "no-bisect",
            "Without bisecting, a batch that kills the function goes to the failure queue with all its records.",
            "Write BisectBatchOnFunctionError: true."),
    WRONG_STREAM_VIEW(
            "wrong-stream-view",
            "Feeds read the whole commit from the change record.",
            "Write StreamSpecification: {StreamViewType: NEW_IMAGE}."),
    INVALID_FILTER(
            "invalid-filter",
            "A pattern must be a JSON object with lists as its leaves. Any other pattern fails at deployment, or matches nothing.",
            "Write an object whose leaves are lists of accepted values."),
    FILTERED_FEED(
            "filtered-feed",
            "Filtered records look like gaps, and the engine reads each gap from the event table.",
            "Remove the FilterCriteria: projections and event handlers pass over unknown events."),
    WILDCARD(
            "wildcard",
            "A wildcard in a policy grants rights that nobody has considered.",
            "Name each action and each resource."),
    NO_LOG_RETENTION(
            "no-log-retention",
            "Logs without a retention are kept, and billed, forever.",
            "Give the function a LogGroup of its template in LoggingConfig, with RetentionInDays."),
    NO_CONCURRENCY_DECISION(
            "no-concurrency-decision",
            "A function without a decision may take the concurrency of the whole account.",
            "Write ReservedConcurrentExecutions, also where a parameter lets it be unreserved."),
    PLAINTEXT_SECRET(
            "plaintext-secret",
            "The text of a template is visible in the repository, in the console and in every deployment log.",
            "Keep secrets in Secrets Manager. Make a parameter with a secret NoEcho, without a default."),
    ROUTE_UNSERVED(
            "route-unserved",
            "A route without a function of its slice answers with an error.",
            "Put the route, its integration and the function into the slice whose model entry has an actor."),
    ROUTE_SERVED_TWICE(
            "route-served-twice",
            "Two slices with the same route cannot both be deployed.",
            "Give each slice a route of its own."),
    NO_PERMISSION(
            "no-permission",
            "AWS does not call a target without permission, and only AWS's own logs show it.",
            "Write an AWS::Lambda::Permission with the route or the rule as its SourceArn, for a queue an AWS::SQS::QueuePolicy."),
    NEEDLESS_PERMISSION(
            "needless-permission",
            "A caller without a route or a rule bypasses the authorizer.",
            "Remove it, or name one route of the context's API or one rule as its SourceArn."),
    UNKNOWN_RESOURCE(
            "unknown-resource",
            "An unchecked resource may give access that the checked ones deny.",
            "Use the types and properties that the other templates use, or teach the lint to check this one."),
    BROKEN_STATE_MACHINE(
            "broken-state-machine",
            "CloudFormation does not read the definition of a state machine, and Step Functions fails only when it gets there.",
            "Let every state lead to one that is there or end, reach every state, and repeat every task that is throttled."),
    UNKNOWN_EXPORT(
            "unknown-export",
            "A function whose QUARKUS_FUNQY_EXPORT names no @Funq method fails at its start.",
            "Name a @Funq method of the slice's sources."),
    OPEN_ROUTE(
            "open-route",
            "A route without authorizer and scopes is open to everybody.",
            "Write AuthorizationType: JWT, the AuthorizerId of the context's API, and AuthorizationScopes."),
    WRONG_SCOPES(
            "wrong-scopes",
            "The model defines who may use a slice. The template must say the same.",
            "List <context>/<actor> for each of the slice's actors in the model, and nothing else."),
    COPIED_ARN(
            "copied-arn",
            "An ARN with a region or an account works in one installation only.",
            "Import it, take it from a resource, or build it with !Sub from AWS::Region and AWS::AccountId."),
    UNPROTECTED_EVENTS(
            "unprotected-events",
            "The event table is the source of all data. It cannot be derived from anything else.",
            "Set PointInTimeRecoveryEnabled and DeletionProtectionEnabled, and both policies to Retain."),
    UNENCRYPTED_TABLE(
            "unencrypted-table",
            "Tables hold personal and business data.",
            "Write SSESpecification: {SSEEnabled: true}."),
    TOO_MUCH_GRANTED(
            "too-much-granted",
            "A function may do what the model says of its slice, and nothing else.",
            "Remove the grant, or add the access to the slice in the model."),
    UNREADABLE(
            "unreadable",
            "The lint cannot check an unresolvable value, and the local cloud cannot run it.",
            "Correct the template as the message says.");

    private final String id;
    private final String why;
    private final String todo;

    LintRule(String id, String why, String todo) {
        this.id = id;
        this.why = why;
        this.todo = todo;
    }

    /** Returns the id. It never changes. */
    public String id() {
        return id;
    }

    /** Returns the reason of the rule. */
    public String why() {
        return why;
    }

    /** Returns the remedy. */
    public String todo() {
        return todo;
    }
}
