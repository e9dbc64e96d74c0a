import { webgpuAdapter, adapterTitle } from '../adapter';
import { ExecutorError } from '../executor';
import { core, firstLine } from './core';
import { type DeviceWatch, TfjsExecutor } from './tfjsExecutor';

/** What is used of a GPUDevice. */
interface Device {
  pushErrorScope(filter: 'validation'): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

/** A shader that does not compile is only logged by Dawn, and its results stay what the buffers held: errors must be asked for. */
function watch(device: Device): DeviceWatch {
  return {
    begin: () => {
      device.pushErrorScope('validation');
    },
    end: async () => (await device.popErrorScope())?.message,
  };
}

/** tfjs on a WebGPU device. Throws ExecutorError where there is none. */
export async function webgpu(): Promise<TfjsExecutor> {
  const found = await webgpuAdapter();
  if (!found) {
    throw new ExecutorError(
      'tfjs-webgpu',
      'no-device',
      'no WebGPU device was found (no graphics driver with Vulkan, Metal or Direct3D 12, or the package webgpu is not installed); choose executor onnx',
    );
  }
  const tf = await core();
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
    // Small tensors would silently be computed on the CPU.
    tf.env().set('WEBGPU_CPU_FORWARD', false);
    if (!(await tf.setBackend('webgpu'))) throw new Error('its initialisation failed');
  } catch (error) {
    throw new ExecutorError(
      'tfjs-webgpu',
      'failed',
      `tfjs's WebGPU back end does not start on ${found.name} (${firstLine(error)}); choose executor onnx`,
    );
  }
  const { device } = tf.backend() as unknown as { device: Device };
  return new TfjsExecutor('tfjs-webgpu', `tfjs ${tf.version_core}, WebGPU on ${adapterTitle(found)}`, tf, 'webgpu', watch(device));
}
