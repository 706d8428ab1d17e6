package io.github.tuyacloud.examples;

import java.io.IOException;
import java.io.PrintStream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Shows the number of pages read so far, on a line that is erased at the end. */
final class Progress implements Interceptor, AutoCloseable {

    private final PrintStream err;
    private int pages;
    private String shown = "";

    Progress(PrintStream err) {
        this.err = err;
    }

    /** Returns an HTTP client whose responses are counted. */
    OkHttpClient client() {
        return new OkHttpClient.Builder().addInterceptor(this).build();
    }

    /** Counts successful responses, except those of token requests. */
    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.isSuccessful() && !chain.request().url().encodedPath().endsWith("/token")) {
            count();
        }
        return response;
    }

    private synchronized void count() {
        pages++;
        show(pages + (pages == 1 ? " page" : " pages") + " read");
    }

    private void show(String text) {
        shown = text;
        err.print("\r" + text);
        err.flush();
    }

    /** Erases the line. */
    @Override
    public synchronized void close() {
        if (!shown.isEmpty()) {
            err.print("\r" + " ".repeat(shown.length()) + "\r");
            err.flush();
        }
    }
}
