package dev.storyline.contracts;

import dev.storyline.kernel.Language;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The compiled classes of a context's language or of a slice.
 *
 * @param classes the classes by their class files
 */
record CompiledClasses(Map<Path, Class<?>> classes) {
    /**
     * Loads the classes of a folder.
     *
     * @throws ContractException if the folder is missing, or a class cannot be loaded
     */
    static CompiledClasses in(Path folder, ClassLoader loader) {
        if (!Files.isDirectory(folder)) {
            throw new ContractException("There are no classes in " + folder + ": run './storyline package' first.");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Map<Path, Class<?>> classes = new LinkedHashMap<>();
            for (Path file : files.filter(one -> one.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String path = folder.relativize(file).toString();
                String name =
                        path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
                if (name.startsWith("dev.storyline.") && !name.endsWith("-info")) {
                    classes.put(file, Class.forName(name, false, loader));
                }
            }
            return new CompiledClasses(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ContractException("The classes of " + folder + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Returns the language that one of the classes declares as a constant. */
    Optional<Language> language() {
        for (Class<?> type : classes.values()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Language.class && Modifier.isStatic(field.getModifiers())) {
                    try {
                        return Optional.of((Language) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new ContractException("The language " + field + " must be public.", e);
                    }
                }
            }
        }
        return Optional.empty();
    }

    List<Class<?>> records() {
        return classes.values().stream().filter(Class::isRecord).toList();
    }

    /** Returns the record with this simple name, or null. */
    @Nullable
    Class<?> record(String name) {
        return records().stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the type that the slice's endpoint of this kind reads: the first type argument of the field that holds the
     * endpoint.
     */
    Optional<Class<?>> taking(Class<?> endpoint) {
        for (Class<?> type : classes.values()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == endpoint
                        && field.getGenericType() instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> taken) {
                    return Optional.of(taken);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the record with this simple name that encloses the query which the slice's endpoint reads, or null. A query
     * that is the same in every context is not compiled with the slice.
     */
    @Nullable
    Class<?> answering(Class<?> endpoint, String name) {
        return taking(endpoint)
                .<Class<?>>map(Class::getEnclosingClass)
                .filter(type -> type.isRecord() && type.getSimpleName().equals(name))
                .orElse(null);
    }

    /**
     * Returns every call of a method of an endpoint with the text constant before the call; the text is empty where there is
     * none.
     */
    List<String> calls(Class<?> endpoint, String method) {
        List<String> calls = new ArrayList<>();
        for (Path file : classes.keySet()) {
            try {
                for (MethodModel code : ClassFile.of().parse(file).methods()) {
                    code.code().ifPresent(body -> calls(body, endpoint, method, calls));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return calls;
    }

    private static void calls(Iterable<CodeElement> body, Class<?> endpoint, String method, List<String> calls) {
        String text = "";
        for (CodeElement element : body) {
            if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof String said) {
                text = said;
            } else if (element instanceof InvokeInstruction call
                    && call.name().stringValue().equals(method)
                    && call.owner().asInternalName().equals(endpoint.getName().replace('.', '/'))) {
                calls.add(text);
            }
        }
    }
}
