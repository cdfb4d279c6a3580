package dev.goldline.reports.render;

import java.awt.Graphics2D;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jsoup.nodes.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Turns painting into SVG elements. Colours that stand for a role are replaced by a class, so that the page's style
 * gives them their light and dark values.
 */
final class SvgDom {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private SvgDom() {}

    /**
     * Paints.
     *
     * @param width of the view box, as is {@code height}
     * @param id unique in the page; marks the ids inside the drawing
     * @param label what the drawing shows, for those who cannot see it
     * @param roles class names by colour, as {@code #rrggbb}
     */
    static Element paint(
            int width, int height, String id, String label, Map<String, String> roles, Consumer<Graphics2D> painter) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment("");
        context.setPrecision(2);
        SVGGraphics2D graphics = new SVGGraphics2D(context, true);
        painter.accept(graphics);
        Element svg = new Element("svg")
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("role", "img")
                .attr("aria-label", label)
                .attr("class", "chart");
        svg.appendElement("title").text(label);
        Node root = graphics.getRoot();
        Element group = svg.appendElement("g");
        copyAttributes(root, group, id, roles);
        group.removeAttr("width");
        group.removeAttr("height");
        copyChildren(root, group, id, roles);
        graphics.dispose();
        return svg;
    }

    private static org.w3c.dom.Document document() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK has no DOM", e);
        }
    }

    private static void copyChildren(Node from, Element to, String id, Map<String, String> roles) {
        for (Node child = from.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> {
                    Element copy = to.appendElement(child.getLocalName());
                    copyAttributes(child, copy, id, roles);
                    copyChildren(child, copy, id, roles);
                }
                case Node.TEXT_NODE ->
                    to.appendText(VisibleText.line(child.getNodeValue().strip()));
                default -> {
                    // Comments say which program drew it; nobody needs them.
                }
            }
        }
    }

    private static void copyAttributes(Node from, Element to, String id, Map<String, String> roles) {
        NamedNodeMap attributes = from.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            String value = attributes.item(i).getNodeValue();
            String role = name.equals("fill") || name.equals("stroke") ? roles.get(hex(value)) : null;
            if (role != null) {
                to.addClass((name.equals("fill") ? "f-" : "s-") + role);
            } else if (name.equals("id")) {
                to.attr("id", id + "-" + value);
            } else if (!name.startsWith("xmlns")) {
                to.attr(name, value.replace("url(#", "url(#" + id + "-"));
            }
        }
    }

    /** {@code rgb(1,2,3)} as {@code #010203}; anything else as it is. */
    private static String hex(String color) {
        if (!color.startsWith("rgb(") || !color.endsWith(")")) {
            return color;
        }
        String[] parts = color.substring(4, color.length() - 1).split(",", -1);
        return "#%02x%02x%02x"
                .formatted(
                        Integer.parseInt(parts[0].strip()),
                        Integer.parseInt(parts[1].strip()),
                        Integer.parseInt(parts[2].strip()));
    }
}
