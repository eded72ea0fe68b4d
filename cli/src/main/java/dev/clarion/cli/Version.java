package dev.clarion.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of our jar. */
final class Version implements IVersionProvider {
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(run from classes, without a version)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"clarion " + current()};
    }
}
