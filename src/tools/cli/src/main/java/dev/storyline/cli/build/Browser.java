package dev.storyline.cli.build;

import dev.storyline.cli.common.Session;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The browser in which the page of the model is tested. */
final class Browser {
    private static final List<String> PACKAGES = List.of("chromium", "chromium-driver");

    private final Session session;

    Browser(Session session) {
        this.session = session;
    }

    /** Installs a browser where that asks no question: as root on Debian. Elsewhere it prints what is skipped. */
    void ensureThere() {
        if (isOnPath("chromedriver")) {
            return;
        }
        if ("root".equals(System.getProperty("user.name")) && isOnPath("apt-get")) {
            session.out().println("Installing chromium for the tests of the model's page ...");
            String install = "(apt-get update -q && apt-get install -y -q --no-install-recommends "
                    + String.join(" ", PACKAGES) + ") >/dev/null 2>&1";
            if (Maven.start(session, List.of("sh", "-c", install), null) == 0) {
                return;
            }
        }
        session.out()
                .println("Tests in a browser: skipped, there is no chromedriver (on Debian: apt-get install "
                        + String.join(" ", PACKAGES) + ").");
    }

    private boolean isOnPath(String program) {
        for (String folder : session.environment().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
