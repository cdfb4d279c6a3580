package dev.goldline.ci.nullserver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One answer on its way out: renders the events that are due, each as a chunk of the chunked transfer coding. */
final class TokenStream {
    /** Room that any one event needs. */
    static final int MOST_EVENT_BYTES = 1024;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_END = "},\"finish_reason\":null}]}\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT_END = ",\"finish_reason\":null}]}\n\n".getBytes(StandardCharsets.US_ASCII);

    /** What is left to do after {@link #render}. */
    enum Progress {
        /** More tokens are to come. */
        GOES_ON,
        /** All is rendered; the connection may be used again. */
        FINISHED,
        /** All is rendered; the connection is to be closed. */
        HANG_UP
    }

    private final Request request;
    private final Reply reply;
    private final Prose prose;
    private final long key;
    private final long answer;
    private final int total;
    private final int faultAt;
    private final long startNanos;
    private final byte[] head;
    private final byte[] reasoningHead;
    private final byte[] contentHead;
    private int next;
    private int sent;
    private int sequence;
    private boolean silent;

    /** @param startNanos when the first token's wait begins */
    TokenStream(Request request, Reply reply, Prose prose, long number, long startNanos) {
        this.request = request;
        this.reply = reply;
        this.prose = prose;
        this.startNanos = startNanos;
        this.key = Prose.key(request.subject());
        this.answer = Prose.answerTo(request.subject());
        int extra = request.isChat() ? 0 : 1;
        int tokens = (request.thinks() ? reply.thought() + extra : 0) + Prose.ANSWER_TOKENS;
        this.next = request.isChat() ? 0 : alreadyThere(request.begun());
        int whole = reply.fault() == Fault.LOOP ? Integer.MAX_VALUE : tokens;
        this.total = Math.min(whole, next + request.maxTokens());
        this.faultAt = next + (Math.min(total, tokens) - next) / 2;
        String common = "data: {\"id\":\"null-" + (1_000_000_000L + number) + "\",\"object\":\""
                + (request.isChat() ? "chat.completion.chunk" : "text_completion")
                + "\",\"created\":1764547200,\"model\":\"null\",\"choices\":[{\"index\":0,";
        this.head = common.getBytes(StandardCharsets.US_ASCII);
        this.reasoningHead = ascii(common + "\"delta\":{\"reasoning_content\":\"");
        this.contentHead = ascii(common + (request.isChat() ? "\"delta\":{\"content\":\"" : "\"text\":\""));
    }

    /** When the next token is due. */
    long dueNanos() {
        return reply.tokensPerSecond() == 0
                ? startNanos + reply.firstToken().toNanos()
                : startNanos + reply.firstToken().toNanos() + (long) ((sent + 1) * 1e9 / reply.tokensPerSecond());
    }

    /** Adds the events that are due, as far as there is room. */
    Progress render(long nowNanos, ByteBuffer out) {
        if (silent) {
            chunk(out, ascii(": still here\n\n"));
            return Progress.GOES_ON;
        }
        long waited = nowNanos - startNanos - reply.firstToken().toNanos();
        if (waited < 0) {
            return Progress.GOES_ON;
        }
        long due = reply.tokensPerSecond() == 0 ? Long.MAX_VALUE : (long) (waited * reply.tokensPerSecond() / 1e9);
        while (sent < due && out.remaining() > 3 * MOST_EVENT_BYTES) {
            if (next == faultAt) {
                switch (reply.fault()) {
                    case STALL -> {
                        silent = true;
                        return Progress.GOES_ON;
                    }
                    case CUT -> {
                        return Progress.HANG_UP;
                    }
                    case GARBAGE -> {
                        chunk(out, ascii("<html><body>upstream went away</body></html>\n\n"));
                        return Progress.HANG_UP;
                    }
                    case ERROR_IN_STREAM -> {
                        chunk(out, ascii("data: {\"error\":{\"message\":\"the engine died\",\"code\":500}}\n\n"));
                        return Progress.HANG_UP;
                    }
                    case LENGTH -> {
                        end(out, "length");
                        return Progress.FINISHED;
                    }
                    default -> {
                        // Goes wrong elsewhere, or not at all.
                    }
                }
            }
            if (next >= total) {
                end(out, isWhole() ? "stop" : "length");
                return Progress.FINISHED;
            }
            token(out);
        }
        return Progress.GOES_ON;
    }

    private boolean isWhole() {
        int extra = request.isChat() ? 0 : 1;
        return reply.fault() != Fault.LOOP
                && total == (request.thinks() ? reply.thought() + extra : 0) + Prose.ANSWER_TOKENS;
    }

    private void token(ByteBuffer out) {
        int thought = request.thinks() ? reply.thought() : 0;
        boolean reasoning = next < thought || reply.fault() == Fault.LOOP;
        byte[] text;
        if (reply.fault() == Fault.LOOP) {
            text = prose.encodedLoop();
        } else if (reasoning) {
            text = prose.encodedWord(key, next);
        } else if (!request.isChat() && request.thinks() && next == thought) {
            text = prose.encodedThoughtEnd();
        } else {
            int from = thought + (!request.isChat() && request.thinks() ? 1 : 0);
            text = Prose.encode(Prose.answerToken(answer, next - from));
        }
        event(out, reasoning && request.isChat() ? reasoningHead : contentHead, text);
        if (reply.fault() == Fault.DUPLICATES && next % 10 == 9) {
            sequence--;
            event(out, reasoning && request.isChat() ? reasoningHead : contentHead, text);
        }
        next++;
        sent++;
    }

    private void event(ByteBuffer out, byte[] start, byte[] text) {
        byte[] tail = request.isChat() ? EVENT_END : TEXT_END;
        byte[] id = reply.fault() == Fault.DUPLICATES ? ascii("id: " + sequence++ + "\n") : new byte[0];
        size(out, id.length + start.length + text.length + 1 + tail.length);
        out.put(id)
                .put(start)
                .put(text)
                .put((byte) '"')
                .put(tail)
                .put((byte) '\r')
                .put((byte) '\n');
    }

    private void end(ByteBuffer out, String reason) {
        String common = new String(head, StandardCharsets.US_ASCII);
        chunk(
                out,
                ascii(common + (request.isChat() ? "\"delta\":{}" : "\"text\":\"\"") + ",\"finish_reason\":\"" + reason
                        + "\"}]}\n\n"));
        if (request.wantsUsage() && reply.fault() != Fault.NO_USAGE) {
            int prompt = Math.max(1, request.prompt().length() / 4);
            int reasoning = Math.min(sent, request.thinks() ? reply.thought() : 0);
            chunk(
                    out,
                    ascii("data: {\"id\":\"null\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":"
                            + (reply.fault() == Fault.WRONG_USAGE
                                    ? "{\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":"
                                            + "{\"reasoning_tokens\":99}}"
                                    : "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + sent
                                            + ",\"total_tokens\":"
                                            + (prompt + sent) + ",\"prompt_tokens_details\":{\"cached_tokens\":0},"
                                            + "\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoning + "}}")
                            + "}\n\n"));
        }
        chunk(out, ascii("data: [DONE]\n\n"));
        out.put(ascii("0\r\n\r\n"));
    }

    /** How many tokens of this answer a raw prompt holds already. */
    private int alreadyThere(String begun) {
        if (!request.thinks()) {
            return 0;
        }
        int index = 0;
        int at = 0;
        while (index < reply.thought() && begun.startsWith(Prose.word(key, index), at)) {
            at += Prose.word(key, index).length();
            index++;
        }
        if (begun.startsWith(Prose.THOUGHT_END, at)) {
            index = reply.thought() + 1;
            at += Prose.THOUGHT_END.length();
            while (at < begun.length() && index < reply.thought() + 1 + Prose.ANSWER_TOKENS) {
                at += Prose.answerToken(answer, index - reply.thought() - 1).length();
                index++;
            }
        }
        return index;
    }

    private static void chunk(ByteBuffer out, byte[] bytes) {
        size(out, bytes.length);
        out.put(bytes).put((byte) '\r').put((byte) '\n');
    }

    /** Three hexadecimal digits do for an event. */
    private static void size(ByteBuffer out, int length) {
        out.put(HEX[length >>> 8 & 15])
                .put(HEX[length >>> 4 & 15])
                .put(HEX[length & 15])
                .put((byte) '\r')
                .put((byte) '\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
