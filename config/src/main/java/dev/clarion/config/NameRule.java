package dev.clarion.config;

import java.util.regex.Pattern;

/** What a name may look like. */
enum NameRule {
    /** The name of an entry or a resource: RFC 1123 subdomain, each label of 63 letters at most. */
    OBJECT(
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*",
            "lower-case letters, digits and '-', not at the ends, in parts of 1 to 63 joined by '.'"),
    /** The name of a namespace or Service: RFC 1123 label. */
    LABEL("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", "1 to 63 lower-case letters, digits and '-', not at the ends"),
    /** The name of a community. */
    COMMUNITY(
            "[A-Za-z0-9]([-_.A-Za-z0-9]{0,251}[A-Za-z0-9])?",
            "letters, digits, '-', '_' and '.', the last three not at the ends"),
    /** The name of a network interface or VRF: 1 to 15 bytes (the kernel's IFNAMSIZ), no slash, no blank. */
    INTERFACE("(?!\\.{1,2}$)[!-.0-9;-~]{1,15}", "1 to 15 letters and digits, without blanks, '/' and ':'"),
    /** Names in what was published, which may come from sources with other rules. */
    ANY("[^\\p{Cntrl}]{1,253}", "text of 1 to 253 letters");

    private static final int LONGEST = 253;

    private final Pattern pattern;
    private final String words;

    NameRule(String pattern, String words) {
        this.pattern = Pattern.compile(pattern);
        this.words = words;
    }

    boolean admits(String text) {
        return text.length() <= LONGEST && pattern.matcher(text).matches();
    }

    String words() {
        return words;
    }

    String pattern() {
        return pattern.pattern();
    }
}
