package io.simpleim.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads an INI file as it stands. It walks the library's nodes rather than asking for keys, since that leaves
 * <code>${…}</code> in a value, dots in a name and the order and number of keys alone.
 */
final class IniFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The keys below a section line; those above the first one have no section. */
    record Section(Optional<String> name, List<Entry> entries) {}

    record Entry(String key, String value) {}

    private IniFile() {}

    /** Nothing for a file that does not exist; what cannot be read becomes a problem. */
    static List<Section> read(Path file, List<String> problems) {
        if (Files.notExists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            return parse(IniLines.check(file, content, problems));
        } catch (CharacterCodingException e) {
            problems.add(file + ": not UTF-8; expected a file saved in UTF-8");
        } catch (IOException | ConfigurationException e) {
            problems.add(file + ": cannot be read (" + e + "); expected a readable INI file");
        }
        return List.of();
    }

    private static List<Section> parse(String text) throws IOException, ConfigurationException {
        INIConfiguration ini =
                INIConfiguration.builder().setSectionInLineCommentsAllowed(true).build();
        ini.read(new StringReader(text));
        return ini.getNodeModel().getNodeHandler().getRootNode().getChildren().stream()
                .map(IniFile::section)
                .toList();
    }

    private static Section section(ImmutableNode node) {
        // The library's own rule: a node with a value is no section but a key above the first one.
        return node.getValue() == null
                ? new Section(
                        Optional.of(node.getNodeName().strip()),
                        node.getChildren().stream().map(IniFile::entry).toList())
                : new Section(Optional.empty(), List.of(entry(node)));
    }

    private static Entry entry(ImmutableNode node) {
        return new Entry(node.getNodeName(), node.getValue().toString());
    }
}
