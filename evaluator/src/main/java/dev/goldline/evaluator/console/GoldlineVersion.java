package dev.goldline.evaluator.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build: that of the parent {@code pom.xml}. */
public final class GoldlineVersion {
    private GoldlineVersion() {}

    /** Such as {@code 0.1.0}. */
    public static String current() {
        try (InputStream in = GoldlineVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the build");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
