package dev.goldline.modelruntime.openai;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes server-sent events out of bytes that come in any pieces. Works on bytes alone, so a character split between two
 * pieces needs no care. One array holds what is not read yet; an event of one data line is handed out as a slice of it.
 *
 * <pre>
 * stream  = [BOM] event*
 * event   = (comment | field)* end-of-line          ; one without data is skipped
 * comment = ":" any* end-of-line
 * field   = ("data" | "event" | "id" | "retry" | "error") [":" [" "] value] end-of-line
 * end-of-line = CR LF | LF | CR
 * </pre>
 *
 * <p>Several data lines of an event are joined by LF. {@code error} is no field of the standard; llama.cpp's server sends
 * it. Any other field is refused: no server of this protocol sends one, so it is a sign of something else talking.
 */
final class SseReader {
    static final int MAX_LINE = 1 << 20;
    static final int MAX_EVENT = 4 << 20;
    private static final int FIRST_SIZE = 1 << 10;
    private static final int LARGEST_KEPT = 1 << 14;

    /** What came is no event stream. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    private byte[] buffer = new byte[FIRST_SIZE];
    private int lineStart;
    private int scan;
    private int end;
    private boolean atStart = true;
    private boolean skipLineFeed;
    private long line = 1;

    private boolean hasData;
    private boolean joined;
    private byte[] data = buffer;
    private int dataStart;
    private int dataEnd;
    private boolean isError;
    private String id = "";
    private boolean hasId;
    private boolean handedOut;

    /** Adds what came. The slice handed out last is no longer valid. */
    void append(ByteBuffer piece) {
        release();
        makeRoom(piece.remaining());
        int length = piece.remaining();
        piece.get(buffer, end, length);
        if (skipLineFeed && length > 0) {
            skipLineFeed = false;
            if (buffer[end] == '\n') {
                // The line before ended at the CR of the last piece; this LF belongs to it. Nothing stands before it.
                System.arraycopy(buffer, end + 1, buffer, end, length - 1);
                length--;
            }
        }
        end += length;
    }

    /** Moves to the next whole event; false if more bytes are needed. */
    boolean next() throws MalformedException {
        release();
        skipByteOrderMark();
        while (true) {
            int stop = lineEnd(buffer, scan, end);
            if (stop < 0) {
                scan = end;
                if (end - lineStart > MAX_LINE) {
                    throw new MalformedException("line " + line + " has more than " + MAX_LINE + " bytes");
                }
                if (hasData && end - (joined ? lineStart : dataStart) > MAX_EVENT) {
                    throw new MalformedException(
                            "line " + line + ": an event goes on for more than " + MAX_EVENT + " bytes");
                }
                return false;
            }
            int next = stop + 1;
            if (buffer[stop] == '\r') {
                if (next == end) {
                    skipLineFeed = true;
                } else if (buffer[next] == '\n') {
                    next++;
                }
            }
            int start = lineStart;
            lineStart = next;
            scan = next;
            if (line(start, stop)) {
                return true;
            }
        }
    }

    /** After the last byte: moves to an event that lacks its empty line; false if there is none. */
    boolean finish() throws MalformedException {
        release();
        int start = lineStart;
        lineStart = end;
        scan = end;
        if (start < end) {
            line(start, end);
        }
        handedOut = hasData;
        return hasData;
    }

    /** Where the data of the current event is: bytes {@link #dataStart} to {@link #dataEnd} of this. */
    byte[] data() {
        return data;
    }

    int dataStart() {
        return dataStart;
    }

    int dataEnd() {
        return dataEnd;
    }

    /** Whether the current event says that something failed. */
    boolean isError() {
        return isError;
    }

    /** The {@code id} the current event itself carries; empty if none. */
    String id() {
        return hasId ? id : "";
    }

    boolean dataIs(byte[] text) {
        return Arrays.equals(data, dataStart, dataEnd, text, 0, text.length);
    }

    /** One line, without its end; true if it is the empty line after an event with data. */
    private boolean line(int start, int stop) throws MalformedException {
        line++;
        if (start == stop) {
            if (hasData) {
                handedOut = true;
                return true;
            }
            forget();
            return false;
        }
        if (buffer[start] == ':') {
            return false;
        }
        if (stop - start > 5
                && buffer[start] == 'd'
                && buffer[start + 1] == 'a'
                && buffer[start + 2] == 't'
                && buffer[start + 3] == 'a'
                && buffer[start + 4] == ':') {
            addData(buffer[start + 5] == ' ' ? start + 6 : start + 5, stop);
        } else {
            rareField(start, stop);
        }
        return false;
    }

    private void rareField(int start, int stop) throws MalformedException {
        int colon = start;
        while (colon < stop && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, stop);
        if (value < stop && buffer[value] == ' ') {
            value++;
        }
        switch (text(start, Math.min(colon, start + 6))) {
            case "data" -> addData(value, stop);
            case "event" -> isError = text(value, stop).equals("error");
            case "id" -> {
                id = text(value, Math.min(stop, value + 256));
                hasId = true;
            }
            case "error" -> {
                isError = true;
                addData(value, stop);
            }
            case "retry" -> {
                // For browsers: when to connect again by themselves.
            }
            default ->
                throw new MalformedException(
                        "line " + (line - 1) + " is no event: '" + text(start, Math.min(stop, start + 60)) + "'");
        }
    }

    private void addData(int start, int stop) throws MalformedException {
        if (!hasData) {
            hasData = true;
            data = buffer;
            dataStart = start;
            dataEnd = stop;
            return;
        }
        int length = dataEnd - dataStart;
        int sum = length + 1 + (stop - start);
        if (sum > MAX_EVENT) {
            throw new MalformedException("line " + (line - 1) + ": an event has more than " + MAX_EVENT + " bytes");
        }
        byte[] whole = joined && data.length >= dataStart + sum ? data : new byte[Math.max(sum * 2, 256)];
        if (whole != data) {
            System.arraycopy(data, dataStart, whole, 0, length);
            dataStart = 0;
        }
        whole[dataStart + length] = '\n';
        System.arraycopy(buffer, start, whole, dataStart + length + 1, stop - start);
        data = whole;
        dataEnd = dataStart + sum;
        joined = true;
    }

    private void release() {
        if (handedOut) {
            handedOut = false;
            forget();
        }
    }

    private void forget() {
        hasData = false;
        joined = false;
        isError = false;
        hasId = false;
        data = buffer;
    }

    private void makeRoom(int more) {
        int keepFrom = hasData && !joined ? Math.min(dataStart, lineStart) : lineStart;
        int kept = end - keepFrom;
        if (keepFrom > 0 && (kept == 0 || end + more > buffer.length)) {
            shift(buffer.length > LARGEST_KEPT && kept + more <= FIRST_SIZE ? new byte[FIRST_SIZE] : buffer, keepFrom);
        }
        if (end + more > buffer.length) {
            shift(new byte[Math.max(end + more, Math.min(buffer.length * 2, 1 << 26))], 0);
        }
    }

    private void shift(byte[] into, int from) {
        System.arraycopy(buffer, from, into, 0, end - from);
        if (data == buffer) {
            data = into;
            dataStart -= from;
            dataEnd -= from;
        }
        buffer = into;
        lineStart -= from;
        scan -= from;
        end -= from;
    }

    private void skipByteOrderMark() {
        if (atStart && end - lineStart >= 3) {
            atStart = false;
            if (buffer[lineStart] == (byte) 0xEF
                    && buffer[lineStart + 1] == (byte) 0xBB
                    && buffer[lineStart + 2] == (byte) 0xBF) {
                lineStart += 3;
                scan = Math.max(scan, lineStart);
            }
        }
    }

    private String text(int start, int stop) {
        return new String(buffer, start, stop - start, StandardCharsets.UTF_8);
    }

    /** The first CR or LF; -1 if none. Both lie below 14, and little else in an event stream does. */
    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b < 14 && (b == '\n' || b == '\r')) {
                return i;
            }
        }
        return -1;
    }
}
