package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class TcpProxyTest {

    @Test
    void countsWhatItHoldsBackAndDeliversItWhenItHeals() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPorts.HOST));
                TcpProxy proxy = new TcpProxy(target.getLocalPort());
                Socket client = new Socket(LoopbackPorts.HOST, proxy.port());
                Socket served = target.accept()) {
            client.getOutputStream().write(1);
            assertThat(served.getInputStream().read()).isEqualTo(1);
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(proxy.heldBack()).isZero();

            proxy.blackHole();
            client.getOutputStream().write(new byte[] {2, 3});
            Patience.until(
                    "two bytes are held back", () -> proxy.heldBack() == 2, () -> "held back " + proxy.heldBack());
            assertThat(served.getInputStream().available()).isZero();
            proxy.heal();

            assertThat(served.getInputStream().readNBytes(2)).containsExactly(2, 3);
        }
    }
}
