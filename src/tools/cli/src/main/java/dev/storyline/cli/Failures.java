package dev.storyline.cli;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.contracts.ContractException;
import dev.storyline.deployment.PlanException;
import dev.storyline.deployment.TemplateException;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.model.ModelException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.core.exception.SdkException;

/** Reports what went wrong on standard error, and gives it an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        return wrongUse(e.getCommandLine(), sentence(e));
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        switch (e) {
            case ParameterException wrong -> {
                return wrongUse(command, sentence(wrong));
            }
            case WrongUse wrong -> {
                return wrongUse(command, String.valueOf(wrong.getMessage()));
            }
            case SdkException broken ->
                session.err().println("The database does not answer any more: " + broken.getMessage());
            case CouldNot _,
                    LocalCloudException _,
                    TemplateException _,
                    PlanException _,
                    ContractException _,
                    ModelException _,
                    UncheckedIOException _ -> session.err().println(e.getMessage());
            // An error in Storyline: the stack trace helps to report it.
            default -> e.printStackTrace(session.err());
        }
        return ExitStatus.COULD_NOT;
    }

    private int wrongUse(CommandLine command, String sentence) {
        session.err().println(sentence);
        session.err().print("Usage: " + command.getHelp().synopsis(0));
        session.err().println("'" + command.getCommandSpec().qualifiedName() + " --help' explains it.");
        return ExitStatus.WRONG_USE;
    }

    private static String sentence(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            String message = String.valueOf(e.getMessage());
            return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
        }
        CommandLine command = e.getCommandLine();
        String word = unmatched.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return WrongUse.unknown("option", word, options(command));
        }
        if (command.getSubcommands().isEmpty()) {
            return "The argument '" + word + "' is one too many.";
        }
        String above = command.getParent() == null ? "" : command.getCommandName() + " ";
        List<String> known = command.getSubcommands().keySet().stream()
                .map(name -> above + name)
                .toList();
        return WrongUse.unknown("command", above + word, known);
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
