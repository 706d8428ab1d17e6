package com.example.kotlin

import io.github.tuyacloud.TuyaCloud
import io.github.tuyacloud.exception.TuyaInterruptedException
import io.github.tuyacloud.fake.DemoWorld
import io.github.tuyacloud.fake.FakeDevice
import io.github.tuyacloud.fake.FakeTuyaCloud
import io.github.tuyacloud.fake.Fault
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Checks calls in coroutines, and the nullness of getters, as Kotlin sees them. */
class CoroutineTest {
    private val status = "/v1.0/iot-03/devices/{id}/status"

    private val fake = FakeTuyaCloud.start()
    private val cloud = TuyaCloud.builder()
        .endpoint(fake.endpoint())
        .apiKey(fake.apiKey())
        .apiSecret(fake.apiSecret())
        .build()

    @AfterEach
    fun close() {
        cloud.close()
        fake.close()
    }

    @Test
    fun coroutine_canceledDuringACall_endsImmediately() = runBlocking {
        fake.addDevice(FakeDevice.builder("porch", DemoWorld.plug()).name("Porch").build())
        cloud.getStatus("porch")
        fake.on("GET", status).fail(Fault.stall())
        val failure = AtomicReference<Throwable>()

        val job = launch {
            cancellable {
                try {
                    cloud.getStatus("porch")
                } catch (e: TuyaInterruptedException) {
                    failure.set(e)
                    throw e
                }
            }
        }
        while (fake.requestCount("GET", status) < 2) {
            delay(10)
        }
        withTimeout(5_000) { job.cancelAndJoin() }

        assertTrue(job.isCancelled)
        assertInstanceOf(TuyaInterruptedException::class.java, failure.get())
        Unit
    }

    /** Runs a call that ends when the coroutine is canceled; without the conversion, its parent would fail, too. */
    private suspend fun <T> cancellable(call: () -> T): T = runInterruptible(Dispatchers.IO) {
        try {
            call()
        } catch (e: TuyaInterruptedException) {
            throw InterruptedException(e.message)
        }
    }

    @Test
    fun getters_thatMayReturnNull_haveNullableTypes() {
        fake.addDevice(FakeDevice.builder("porch", DemoWorld.plug()).name("Porch").build())
        val device = cloud.getDevices().first { it.id() == "porch" }

        // With strict annotations, a nullable getter could not be assigned to the first variable.
        val id: String = device.id()
        val name: String? = device.name()

        assertEquals("porch", id)
        assertEquals("Porch", name?.trim())
    }
}
