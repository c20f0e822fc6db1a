package dev.storyline.deployment;

import dev.storyline.deployment.TemplateFile.SourceText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The wildcards that policies cannot do without, each with its reason. All others are findings. */
enum NeededWildcard {
    /** One-time schedules are named by digests, so a policy can only name their group. */
    SCHEDULES_OF_A_GROUP {
        @Override
        boolean covers(String text, List<SourceText> statement) {
            return SCHEDULES.matcher(text).matches();
        }
    },
    /** Every archived stream is an object of its own. */
    OBJECTS_OF_THE_ARCHIVE {
        @Override
        boolean covers(String text, List<SourceText> statement) {
            return text.equals("${Archive.Arn}/*") && OF_OBJECTS.containsAll(actions(statement));
        }
    },
    /** AWS limits these actions to no resource. */
    ACTION_WITHOUT_RESOURCE {
        @Override
        boolean covers(String text, List<SourceText> statement) {
            return text.equals("*") && WITHOUT_RESOURCE.containsAll(actions(statement));
        }
    },
    /** CloudFormation makes up the names of functions, so the condition of the statement names them by their tag. */
    FUNCTIONS_BY_TAG {
        @Override
        boolean covers(String text, List<SourceText> statement) {
            return FUNCTIONS.matcher(text).matches()
                    && statement.stream()
                            .anyMatch(value -> value.path().contains("StringEquals")
                                    && OperatorGrants.TAGS.stream().anyMatch(value.path()::contains));
        }
    };

    private static final Pattern SCHEDULES =
            Pattern.compile("arn:\\$\\{AWS::Partition}:scheduler:[^*]*:schedule/\\$\\{[A-Za-z]+}/\\*");

    private static final Pattern FUNCTIONS = Pattern.compile("arn:\\$\\{AWS::Partition}:lambda:[^*]*:function:\\*");

    private static final Set<String> OF_OBJECTS = Set.of("s3:GetObject", "s3:PutObject");

    private static final Set<String> WITHOUT_RESOURCE =
            Set.of("lambda:ListFunctions", "tag:GetResources", "xray:PutTelemetryRecords", "xray:PutTraceSegments");

    /**
     * Returns whether a value of a statement may have its wildcard for this reason.
     *
     * @param statement all values of the statement
     */
    abstract boolean covers(String text, List<SourceText> statement);

    /** Returns whether a value of a statement may have its wildcard. */
    static boolean isNeeded(String text, List<SourceText> statement) {
        for (NeededWildcard reason : values()) {
            if (reason.covers(text, statement)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> actions(List<SourceText> statement) {
        return statement.stream()
                .filter(value -> value.path().contains("Action"))
                .map(SourceText::text)
                .collect(Collectors.toSet());
    }
}
