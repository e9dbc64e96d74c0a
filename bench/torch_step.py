"""One worker of the benchmark: exact score matching of a softplus network in PyTorch, float32, on the CPU.

    python3 torch_step.py MODE THREADS

MODE `autograd` takes the gradient with torch.autograd.grad and the Laplacian by one more call for each coordinate, the way
a notebook does it. MODE `forward` pushes value, gradient and Laplacian through the layers by hand, so that only one reverse
pass is left. Requests come on stdin and answers go to stdout, one JSON object a line; see protocol.ts.
"""

import base64
import json
import re
import sys
import time

try:
    import torch
except ImportError as error:
    print(json.dumps({"error": str(error), "reason": "absent"}))
    sys.exit()

softplus, sigmoid = torch.nn.functional.softplus, torch.sigmoid


def loss_autograd(layers, x):
    """mean(|grad E|^2 / 2 - laplacian E) by nested calls of autograd."""
    x = x.detach().requires_grad_()
    h = x
    for weight, bias in layers[:-1]:
        h = softplus(torch.addmm(bias, h, weight))
    weight, bias = layers[-1]
    energy = torch.addmm(bias, h, weight).squeeze(1)
    (gradient,) = torch.autograd.grad(energy.sum(), x, create_graph=True)
    laplacian = 0
    for i in range(x.shape[1]):
        (second,) = torch.autograd.grad(gradient[:, i].sum(), x, create_graph=True)
        laplacian = laplacian + second[:, i]
    return (0.5 * gradient.square().sum(1) - laplacian).mean()


def loss_forward(layers, x):
    """The same loss by one forward pass: `t` [dim, n, width] is the gradient of each unit, `l` [n, width] its Laplacian."""
    n, dim = x.shape
    weight, bias = layers[0]
    z, t, l = torch.addmm(bias, x, weight), weight.unsqueeze(1), None
    for weight, bias in layers[1:]:
        slope = sigmoid(z)
        curvature = slope * (1 - slope) * t.square().sum(0)
        l = curvature if l is None else curvature + slope * l
        h, t = softplus(z), slope * t
        z = torch.addmm(bias, h, weight)
        t = (t.reshape(dim * n, -1) @ weight).view(dim, n, -1)
        l = l @ weight
    return (0.5 * t.square().sum(0) - l).mean()


losses = {"autograd": loss_autograd, "forward": loss_forward}


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


class Problem:
    """Network, batch and optimiser of one size."""

    def __init__(self, request, loss):
        self.widths, self.loss, self.rate = request["layers"], loss, request["learningRate"]
        self.initial, self.x = floats(request["params"]), floats(request["x"]).view(request["batch"], -1)

    def start(self):
        """Parameters and moments as at the beginning: every slice does the same work."""
        self.layers, begin = [], 0
        for inputs, outputs in zip(self.widths, self.widths[1:]):
            weight = self.initial[begin : begin + inputs * outputs].view(inputs, outputs)
            begin += inputs * outputs
            bias = self.initial[begin : begin + outputs]
            begin += outputs
            self.layers.append([weight.clone().requires_grad_(), bias.clone().requires_grad_()])
        self.params = [param for layer in self.layers for param in layer]
        self.optimizer = torch.optim.Adam(self.params, lr=self.rate)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.layers, self.x)
        loss.backward()
        self.optimizer.step()
        return loss


def norm(params):
    """Of the gradient; the last bias has none, because it shifts the energy only."""
    return torch.sqrt(sum(param.grad.double().square().sum() for param in params if param.grad is not None)).item()


def report(problem, steps):
    """The first steps' losses and gradient norms."""
    problem.start()
    first = [(problem.step().item(), norm(problem.params)) for _ in range(steps)]
    return {"losses": [loss for loss, _ in first], "gradientNorms": [norm for _, norm in first]}


def run(problem, steps, idle):
    problem.start()
    cpu, started = time.process_time(), time.perf_counter()
    for _ in range(steps):
        problem.step()
    return {
        "seconds": time.perf_counter() - started,
        "cpuSeconds": time.process_time() - cpu,
        "idleCpuSeconds": idle[0],
        "idleSeconds": idle[1],
    }


def blas():
    """What multiplies matrices: as the build says, and the library that the system really gave it."""
    torch.randn(64, 64) @ torch.randn(64, 64)
    built = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if re.search(r"/lib(blas|openblas|mkl|blis|atlas)[^/]*$", line.strip())}
    except OSError:
        files = set()
    return "built for %s BLAS, loaded %s" % (built.group(1) if built else "unknown", ", ".join(sorted(files)) or "none of its own")


def main():
    loss, threads = losses[sys.argv[1]], int(sys.argv[2])
    torch.set_num_threads(threads)
    detail = "torch %s, %d thread%s, %s" % (torch.__version__, threads, "" if threads == 1 else "s", blas())
    print(json.dumps({"detail": detail}), flush=True)
    problem, since = None, (time.process_time(), time.perf_counter())
    for line in sys.stdin:
        idle = (time.process_time() - since[0], time.perf_counter() - since[1])
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                problem = Problem(request, loss)
                answer = report(problem, request["steps"])
            elif request["do"] == "run":
                answer = run(problem, request["steps"], idle)
            else:
                problem, answer = None, {}
        except Exception as error:
            answer = {"error": str(error).split("\n")[0]}
        print(json.dumps(answer), flush=True)
        since = (time.process_time(), time.perf_counter())


main()
