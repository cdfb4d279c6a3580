package dev.goldline.reports.render;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Whether charts can be painted: their text needs a font, and bare machines have none. */
final class Fonts {
    private static final boolean AVAILABLE = probe();

    private Fonts() {}

    static boolean available() {
        return AVAILABLE;
    }

    private static boolean probe() {
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                    .createGlyphVector(new FontRenderContext(null, true, true), "0")
                    .getOutline();
            return true;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Without fontconfig the JDK fails here in any of these ways, depending on what it finds.
            return false;
        }
    }
}
